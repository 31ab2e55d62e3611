// The command as it is installed: the built file that package.json names, in a process of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { plainTheme, snapshot } from './plain-theme.js';

async function bcCustomerWidget(...args: string[]) {
  const { bin } = JSON.parse(await readFile('package.json', 'utf8')) as { bin: Record<string, string> };
  return new Promise<{ code: number; out: string; error: string }>((resolve) => {
    // execFile gives no terminal, as in CI.
    const child = execFile(process.execPath, [bin['bc-customer-widget']!, ...args], (_, out, error) => {
      resolve({ code: child.exitCode ?? -1, out, error });
    });
  });
}

suite('the installed command', () => {
  test('adds the built widget to a theme and takes it out again', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    assert.equal((await bcCustomerWidget('add', theme, '--yes')).code, 0);
    const files = await snapshot(theme);
    const module = await readFile('dist/bc-customer-widget.min.js', 'utf8');
    assert.equal(files['assets/bc-customer-widget/bc-customer-widget.min.js'], module);
    const removed = await bcCustomerWidget('remove', theme, '--yes');
    assert.deepEqual([removed.code, removed.error], [0, '']);
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('ends with 1 and one sentence when it cannot ask', async () => {
    const { code, error } = await bcCustomerWidget('add', await plainTheme());
    assert.equal(code, 1);
    assert.match(error, /^Nothing was written\. .*--yes.*\n$/);
  });

  test('starts with the line that makes it a command', async () => {
    const { bin } = JSON.parse(await readFile('package.json', 'utf8')) as { bin: Record<string, string> };
    assert.match(await readFile(bin['bc-customer-widget']!, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    const { code, out } = await bcCustomerWidget('--help');
    assert.equal(code, 0);
    for (const command of ['add', 'remove', 'emulate', 'check', 'publish', 'doctor']) {
      assert.match(out, new RegExp(`^ +${command} `, 'm'));
    }
  });
});
