import assert from 'node:assert/strict';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { createEmulator, type Emulator } from '../../src/emulator/index.js';
import { temporaryTheme } from '../theme/temporary-theme.js';

const SECRET = 'kept outside the assets folder';

suite('theme assets', () => {
  let themeDir: string;
  let store: Emulator;
  const get = (path: string) => store.fetch(new Request(`http://localhost${path}`));
  before(async () => {
    themeDir = await temporaryTheme({
      'assets/js/module.js': 'export {};',
      'secrets.stencil.json': SECRET,
      'assets-old/notes.txt': SECRET,
    });
    await symlink(join(themeDir, 'secrets.stencil.json'), join(themeDir, 'assets/link.json'));
    store = createEmulator({ themeDir });
  });

  test('are found under /assets/ and under the addresses that the cdn helper makes', async () => {
    for (const path of [
      '/assets/js/module.js',
      '/stencil/emulator/js/module.js',
      '/stencil/any-version/js/module.js',
    ]) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get('content-type')!, /^text\/javascript/, path);
      assert.equal(await response.text(), 'export {};', path);
    }
    assert.match((await get('/assets/styles/theme.css')).headers.get('content-type')!, /^text\/css/);
  });

  test('show an edit at once', async () => {
    await writeFile(join(themeDir, 'assets/js/edited.js'), 'before');
    assert.equal(await (await get('/assets/js/edited.js')).text(), 'before');
    await writeFile(join(themeDir, 'assets/js/edited.js'), 'after');
    const response = await get('/assets/js/edited.js');
    assert.equal(response.headers.get('cache-control'), 'no-cache');
    assert.equal(await response.text(), 'after');
  });

  test('lie beside a file that one step up would reach', async () => {
    assert.equal(await readFile(join(themeDir, 'assets', '../secrets.stencil.json'), 'utf8'), SECRET);
    assert.equal(await readFile(join(themeDir, 'assets', 'link.json'), 'utf8'), SECRET);
  });

  for (const path of [
    '/assets/../secrets.stencil.json',
    '/assets/%2e%2e/secrets.stencil.json',
    '/assets/..%2fsecrets.stencil.json',
    '/assets/..%5csecrets.stencil.json',
    '/assets/js/..%2f..%2fsecrets.stencil.json',
    '/assets/%2e%2e%2fsecrets.stencil.json',
    '/assets/%252e%252e%252fsecrets.stencil.json',
    '/assets/..%2fassets-old/notes.txt',
    '/assets//etc/passwd',
    '/assets/%2fetc%2fpasswd',
    '/assets/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/assets/link.json',
    '/stencil/emulator/..%2fsecrets.stencil.json',
    '/stencil/..%2f..%2fsecrets.stencil.json',
    '/assets/js/module.js%00',
    '/assets/%',
    '/assets/',
    '/assets/js',
    '/assets/missing.js',
  ]) {
    test(`are not left through ${path}`, async () => {
      const response = await get(path);
      assert.equal(response.status, 404);
      const body = await response.text();
      assert.ok(!body.includes(SECRET));
      assert.ok(!body.includes('root:'));
    });
  }
});
