import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { createEmulator, createStencilEngine } from '../../src/emulator/index.js';
import { elementOf } from '../theme/html.js';
import { temporaryTheme } from '../theme/temporary-theme.js';

const HOME = 'templates/pages/home.html';

suite('an error in the theme', () => {
  for (const [what, files, said] of [
    [
      'a missing partial',
      { [HOME]: '{{> components/gone}}' },
      /components\/gone\.html.*included by templates\/pages\/home\.html/,
    ],
    [
      'an unclosed block',
      { 'templates/components/common/footer.html': '{{#if customer}}<b>' },
      /components\/common\/footer\.html.*Parse error/s,
    ],
    ['a wrong operator', { [HOME]: "{{#if 1 '<script>' 2}}{{/if}}" }, /pages\/home\.html/],
    ['words that are not JSON', { 'lang/en.json': '{ "header": ' }, /lang\/en\.json.*JSON/],
    ['a configuration that is not JSON', { 'config.json': '' }, /config\.json.*JSON/],
  ] as const) {
    for (const engine of ['handlebars-v3', 'handlebars-v4'] as const) {
      test(`is named on a readable page: ${what} (${engine})`, async () => {
        const store = createEmulator({ themeDir: await temporaryTheme(files), engine });
        const response = await store.fetch(new Request('http://localhost/'));
        assert.equal(response.status, 500);
        const html = await response.text();
        assert.match(elementOf(html, 'pre').text, said);
        assert.ok(!html.includes('<script>'));
      });
    }
  }

  test('is gone from the next page when the theme is mended', async () => {
    const themeDir = await temporaryTheme({ [HOME]: '{{> components/gone}}' });
    const store = createEmulator({ themeDir });
    assert.equal((await store.fetch(new Request('http://localhost/'))).status, 500);
    await writeFile(`${themeDir}/${HOME}`, '<p>mended</p>');
    const response = await store.fetch(new Request('http://localhost/'));
    assert.equal(response.status, 200);
    assert.equal(await response.text(), '<p>mended</p>');
  });
});

suite('the template engine', () => {
  // v4 escapes "=" and v3 does not: the one difference that is visible from outside.
  const escapes = async (files: Record<string, string>, options = {}) => {
    const page = { [HOME]: "{{lang 'sign'}}", 'lang/en.json': '{"sign":"="}', ...files };
    const store = createEmulator({ themeDir: await temporaryTheme(page), ...options });
    return (await store.fetch(new Request('http://localhost/'))).text();
  };

  test("is the theme's own, v3 when it does not say", async () => {
    assert.equal(await escapes({ 'config.json': '{"template_engine":"handlebars_v4"}' }), '&#x3D;');
    assert.equal(await escapes({ 'config.json': '{"template_engine":"handlebars_v3"}' }), '=');
    assert.equal(await escapes({ 'config.json': '{}' }), '=');
  });

  test('can be chosen against the theme', async () => {
    assert.equal(await escapes({ 'config.json': '{}' }, { engine: 'handlebars-v4' }), '&#x3D;');
  });
});

suite('theme settings', () => {
  test("come from the configuration, its first variation, then the merchant's own", async () => {
    const themeDir = await temporaryTheme({
      [HOME]: '{{theme_settings.a}} {{theme_settings.b}} {{theme_settings.c}}',
      'config.json': JSON.stringify({
        settings: { a: 'settings', b: 'settings', c: 'settings' },
        variations: [{ settings: { b: 'variation', c: 'variation' } }],
      }),
    });
    const store = createEmulator({ themeDir, themeSettings: { c: 'merchant' } });
    const html = await (await store.fetch(new Request('http://localhost/'))).text();
    assert.equal(html, 'settings variation merchant');
  });
});

suite('a theme', () => {
  test('that picks a component by its name gets each of the folder', async () => {
    const themeDir = await temporaryTheme({
      [HOME]:
        '{{#each words}}{{/each}}<main>{{dynamicComponent "components/kinds"}}</main>{{> components/kinds/one}}',
      'templates/components/kinds/one.html': '<p>{{{region name="in_one"}}}</p>',
      'templates/components/kinds/two.html': '<p>{{{region name="in_two"}}}</p>',
    });
    const engine = createStencilEngine({ themeDir });
    assert.deepEqual(await engine.regions('pages/home'), ['in_one', 'in_two']);
  });

  test('has no regions in a page that it has not, and names a partial that is missing', async () => {
    const engine = createStencilEngine({
      themeDir: await temporaryTheme({ [HOME]: '{{> components/gone}}' }),
    });
    assert.equal(await engine.regions('pages/nowhere'), undefined);
    await assert.rejects(engine.regions('pages/home'), /components\/gone\.html/);
  });
});
