// Nothing in the documents is left unchecked in silence: each language has a test file, or a reason.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { blocks, blocksOf, documents } from './support/blocks.js';

const checkedBy: Record<string, string> = {
  sh: 'commands.test.ts',
  ts: 'code.test.ts',
  js: 'code.test.ts',
  tsx: 'code.test.ts',
  vue: 'code.test.ts',
  svelte: 'code.test.ts',
  html: 'browser.test.ts',
  css: 'browser.test.ts',
  http: 'browser.test.ts',
  handlebars: 'theme.test.ts',
  diff: 'theme.test.ts',
  scss: 'theme.test.ts',
  json: 'theme.test.ts',
};

const exempt: Record<string, string> = {
  text: 'a drawing',
  typescript: 'declarations that the compiler wrote; reference.test.ts compares them with the source',
};

suite('every block of the documents', () => {
  test('has a language that some test knows', () => {
    const unknown = blocks.filter(({ language }) => !(language in checkedBy) && !(language in exempt));
    const places = unknown.map(({ document, line, language }) => `${document}:${line} "${language}"`);
    assert.deepEqual(places, [], 'Name a language of test/docs/blocks.test.ts, or write a check for it.');
  });

  test('is asked for by the test file that is named for it', () => {
    for (const [language, file] of Object.entries(checkedBy)) {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      assert.match(text, new RegExp(`blocksIn\\([^)]*'${language}'`), `${file} does not ask for ${language}`);
    }
  });

  test('declares only where the reference is made from the source', () => {
    const elsewhere = blocks.filter(
      ({ language, document }) => language === 'typescript' && document !== 'docs/api.md',
    );
    assert.deepEqual(elsewhere, []);
  });

  test('is found: in lists, with longer fences, and twice in a section', () => {
    const text = ['# A b', '- ```sh', '  ls', '```sh', 'one', '```', '````md', '```', '````', '```sh', 'two'];
    assert.deepEqual(
      blocksOf('x.md', `${text.join('\n')}\n\`\`\`\n`).map(({ key, language }) => [key, language]),
      [
        ['x.md#a-b', 'sh'],
        ['x.md#a-b', 'md'],
        ['x.md#a-b-2', 'sh'],
      ],
    );
    assert.ok(documents.length >= 9 && blocks.length >= 50, `${documents.length}, ${blocks.length}`);
  });
});
