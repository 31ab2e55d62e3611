// The API reference against the source, and the promise that no public name vanishes unnoticed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, suite, test } from 'node:test';
import { committedSurface, readReference, type Reference } from '../../tools/reference/index.js';
import { missingFrom } from '../../tools/reference/public-surface.js';

let reference: Reference;

before(async () => {
  reference = await readReference('.');
});

suite('the public names', () => {
  test('are all still there', () => {
    const gone = missingFrom(reference.surface, committedSurface('.'));
    const words = 'This is a breaking change: these names are gone. docs/upgrading.md says what to do';
    assert.deepEqual(gone, [], words);
  });

  test('would be missed: a name of each kind that is taken away is named', () => {
    for (const [kind, [first, ...others]] of Object.entries(reference.surface)) {
      const without = { ...reference.surface, [kind]: others };
      assert.deepEqual(missingFrom(without, reference.surface), [`${kind}: ${first!}`]);
    }
  });
});

suite('the API reference', () => {
  test('says what the source says today, and so does the list of names: `npm run docs` writes both', () => {
    for (const [path, text] of Object.entries(reference.files)) {
      assert.equal(readFileSync(path, 'utf8'), text, `${path} is out of date: run npm run docs`);
    }
  });

  test('describes everything that runs', () => {
    const page = reference.files['docs/api.md'];
    const silent = [...page.matchAll(/^### (\w+)\n\n```typescript\n(?:function|class|const) /gm)];
    assert.deepEqual(
      silent.map(([, name]) => name),
      [],
    );
  });
});
