import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { withoutStencilCli } from '../support/stencil-cli/index.js';
import { temporaryTheme } from '../theme/temporary-theme.js';

const get = async (files: Record<string, string>, withTools: boolean) => {
  const themeDir = await temporaryTheme(files);
  if (withTools) await symlink(resolve('example-theme/node_modules'), join(themeDir, 'node_modules'));
  const store = createEmulator({ themeDir, themeSettings: { 'color-primary': '#123456' } });
  return store.fetch(new Request('http://localhost/stencil/emulator/css/theme.css'));
};

suite("a theme's SCSS", () => {
  test('is compiled with the theme settings', { skip: withoutStencilCli }, async () => {
    const response = await get(
      {
        'assets/scss/theme.scss': '@import "parts";',
        'assets/scss/_parts.scss':
          'bc-customer-widget { --bcw-color-accent: #{stencilColor("color-primary")}; }',
      },
      true,
    );
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type')!, /^text\/css/);
    assert.match(await response.text(), /--bcw-color-accent: #123456/);
  });

  test('with an error in it is named on a readable page', { skip: withoutStencilCli }, async () => {
    const response = await get({ 'assets/scss/theme.scss': 'a { color: $missing; }' }, true);
    assert.equal(response.status, 500);
    assert.match(await response.text(), /assets\/scss\/theme\.scss.*\$missing|Undefined variable/s);
  });

  test('is not found without the compiler, and a style sheet that is there needs none', async () => {
    assert.equal((await get({ 'assets/scss/theme.scss': 'a { b: c }' }, false)).status, 404);
    const plain = await get({ 'assets/css/theme.css': 'a { b: c }' }, false);
    assert.equal(await plain.text(), 'a { b: c }');
  });
});
