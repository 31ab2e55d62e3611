import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { reasons } from '../../src/server/errors.js';
import { problems } from '../../src/server/problem.js';

describe('docs/backend.md', async () => {
  const guide = await readFile(new URL('../../docs/backend.md', import.meta.url), 'utf8');

  it('names every code with its status, and no other', () => {
    const documented = [...guide.matchAll(/^\| `(\w+)` +\| (\d{3}) +\|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    const actual = Object.entries(problems).map(([code, [status]]) => [code, status]);
    assert.deepEqual(documented.sort(), actual.sort());
  });

  it('names every reason for which a token is refused, and no other', () => {
    const documented = [...guide.matchAll(/ \| `(\w+)` +\|$/gm)].map(([, code]) => code);
    assert.deepEqual(documented.sort(), Object.keys(reasons).sort());
  });
});
