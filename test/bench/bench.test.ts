import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Bench } from './support/bench.js';
import { fillIn } from './support/documents.js';
import { resultText } from './support/print.js';
import { inWords, ratioOf, spreadOf } from './support/statistics.js';

describe('statistics', () => {
  it('take the median and the quartiles, in whatever order values come', () => {
    assert.deepEqual(spreadOf([5, 1, 4, 2, 3]), { median: 3, low: 2, high: 4, runs: 5 });
    assert.deepEqual(spreadOf([10, 40]), { median: 25, low: 17.5, high: 32.5, runs: 2 });
    assert.deepEqual(spreadOf([7]), { median: 7, low: 7, high: 7, runs: 1 });
  });

  it('take ratios round by round, so that a slow round does not count', () => {
    // The ratio of the medians would be 1.5.
    assert.equal(ratioOf([2, 30, 40], [1, 30, 20]).median, 2);
    assert.deepEqual(ratioOf([3, 30, 300], [2, 20, 200]), { median: 1.5, low: 1.5, high: 1.5, runs: 3 });
  });

  it('refuse what has no median', () => {
    assert.throws(() => spreadOf([]), RangeError);
    assert.throws(() => spreadOf([1, NaN]), RangeError);
    assert.throws(() => ratioOf([1], [0]), RangeError);
    assert.throws(() => ratioOf([1, 2], [1]), RangeError);
  });

  it('are written with thousands and as many digits as wanted', () => {
    assert.equal(inWords({ median: 1234.56, low: 1, high: 2000, runs: 3 }), '1,234.6 (1.0–2,000.0)');
    assert.equal(inWords({ median: 1.005, low: 0.5, high: 2, runs: 3 }, 0), '1 (1–2)');
  });
});

describe('the guide to performance', () => {
  it('is filled in between its markers, again and again', () => {
    const text = 'a\n<!-- bench:one -->old<!-- /bench:one -->\nb';
    const once = fillIn(text, { one: 'new' });
    assert.equal(once, 'a\n<!-- bench:one -->\n\nnew\n\n<!-- /bench:one -->\nb');
    assert.equal(fillIn(once, { one: 'new' }), once);
  });

  it('cannot lose a bench, nor keep the figures of one that is gone', () => {
    assert.throws(() => fillIn('nothing', { one: 'new' }), /bench:one/);
    assert.throws(() => fillIn('<!-- bench:two -->old<!-- /bench:two -->', {}), /bench:two/);
  });
});

// Most of each is waiting for processes to start.
describe('npm run bench', { concurrency: 3 }, () => {
  it('names the benches that there are when it is asked for another', () => {
    const script = fileURLToPath(new URL('run.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, 'speed'], {
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stderr, /no bench speed; there are .*sizes.*worker\.$/m);
  });

  for (const file of readdirSync(import.meta.dirname)) {
    if (!file.endsWith('.ts') || file === 'run.ts' || file.endsWith('.test.ts')) continue;
    it(`can run a short round of ${file.slice(0, -3)}`, async () => {
      const { default: bench } = (await import(`./${file}`)) as { default: Bench };
      const result = await bench({ progress: () => undefined, isTiny: true });
      assert.deepEqual(result.failures, []);
      assert.ok(result.tables.length > 0);
      for (const { head, rows } of result.tables)
        for (const row of rows) assert.equal(row.length, head.length);
      assert.doesNotMatch(resultText(result), /NaN|undefined|Infinity/);
      assert.doesNotThrow(() => JSON.stringify(result.figures));
    });
  }
});
