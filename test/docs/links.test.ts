// Where the documents lead: files, headings, pictures, and the tests that SECURITY.md names.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { suite, test } from 'node:test';
import { anchorOf, documents } from './support/blocks.js';

/** Pages of GitHub's own, reached from the file's page there. */
const ON_GITHUB = ['../../security/advisories/new'];

for (const document of documents) {
  test(`${document} leads nowhere that is not there`, () => {
    const text = readFileSync(document, 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    for (const link of links.filter((target) => !ON_GITHUB.includes(target))) {
      if (/^https?:/.test(link)) continue;
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? document : normalize(join(dirname(document), path));
      assert.ok(existsSync(file), `${link}: there is no ${file}`);
      if (anchor !== undefined) assert.ok(headingsOf(file).includes(anchor), `${link}: no such heading`);
    }
  });
}

suite('SECURITY.md', () => {
  const model = readFileSync('SECURITY.md', 'utf8');
  const rows = (/^## What we guarantee$([^]*?)^##/m.exec(model)?.[1] ?? '').match(/^\| \*\*.*$/gm) ?? [];

  test('names at least one test for every guarantee', () => {
    assert.ok(rows.length >= 15, `${rows.length} guarantees are found`);
    for (const row of rows)
      assert.match(row, /`test\/[\w/.-]+\.test\.ts` *\|$|`test\/[\w/.-]+\.test\.ts` /, row);
  });

  test('names no test that is not there', () => {
    const files = [...model.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file!);
    assert.ok(files.length >= rows.length);
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });
});

test('README stays under 200 lines and begins with its two commands', () => {
  const text = readFileSync('README.md', 'utf8');
  assert.ok(text.split('\n').length < 200);
  assert.match(text, /^npm ci && npm start$[^]*^npm ci && npm test$/m);
});

function headingsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^```[^]*?^```/gm, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading)!);
}
