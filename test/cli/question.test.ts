// The question before a theme is changed, asked by the installed command on a real pseudo-terminal.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { plainTheme, snapshot } from './plain-theme.js';

// Debian's bsdutils, on nearly every Linux; the `script` of macOS takes other options.
const skip =
  spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status !== 0 &&
  'this machine has no `script -qec`, which makes the pseudo-terminal';

/** Runs the command on a terminal and types these keys once it asks. */
async function runOnTerminal(args: string[], keys: string) {
  const { bin } = JSON.parse(await readFile('package.json', 'utf8')) as { bin: Record<string, string> };
  const words = [process.execPath, bin['bc-customer-widget']!, ...args];
  const command = words.map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let screen = '';
  let isAsked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    if (isAsked || !screen.includes('[y/N]')) return;
    isAsked = true;
    child.stdin.write(keys);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, afterQuestion: screen.slice(screen.indexOf('[y/N]')), isAsked };
}

suite('the question before a theme is changed', { skip }, () => {
  for (const [name, keys] of [
    ['n', 'n\r'],
    ['Enter alone', '\r'],
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ] as const) {
    test(`with ${name} changes nothing, says so in a sentence, and ends with 1`, async () => {
      const theme = await plainTheme();
      const earlier = await snapshot(theme);
      const { code, afterQuestion, isAsked } = await runOnTerminal(['add', theme], keys);
      assert.ok(isAsked);
      assert.equal(code, 1);
      assert.match(afterQuestion, /\nNothing was written\.\r\n$/);
      assert.doesNotMatch(afterQuestion, /Error|node:/);
      assert.deepEqual(await snapshot(theme), earlier);
    });
  }

  test('with y installs the widget, and takes it out again', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    const added = await runOnTerminal(['add', theme], 'y\r');
    assert.equal(added.code, 0);
    assert.match(added.afterQuestion, /Done\.\r\n$/);
    const module = 'assets/bc-customer-widget/bc-customer-widget.min.js';
    assert.equal((await snapshot(theme))[module], await readFile('dist/bc-customer-widget.min.js', 'utf8'));
    const removed = await runOnTerminal(['remove', theme], 'y\r');
    assert.equal(removed.code, 0);
    assert.deepEqual(await snapshot(theme), earlier);
  });
});
