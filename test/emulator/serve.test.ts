import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from '../../src/emulator/index.js';
import { temporaryTheme } from '../theme/temporary-theme.js';

test('starts on a free port of this machine, serves, and stops', async () => {
  const running = await startEmulator({ themeDir: await temporaryTheme(), port: 0 });
  assert.match(running.url, /^http:\/\/localhost:\d+$/);
  assert.equal((await fetch(running.url)).status, 200);
  await running.close();
  await assert.rejects(fetch(running.url));
});

test('says in one sentence that a port is in use and which option helps', async () => {
  const themeDir = await temporaryTheme();
  const running = await startEmulator({ themeDir, port: 0 });
  const port = Number(new URL(running.url).port);
  try {
    await assert.rejects(startEmulator({ themeDir, port }), {
      message: `Port ${port} is in use; choose another one with --port.`,
    });
  } finally {
    await running.close();
  }
});
