import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { createEmulator, type Emulator } from '../../src/emulator/index.js';
import { visitorOf } from '../emulator/visitor.js';
import { elementsOf } from './html.js';
import { temporaryTheme } from './temporary-theme.js';

const PAGES = [
  '/',
  '/account.php',
  '/account.php?action=view_order&order_id=1007',
  '/login.php',
  '/login.php?action=create_account',
  '/products.php?productId=101',
  '/desk/',
  '/search.php?search_query=mug',
  '/search.php?search_query=nothing+like+it',
  '/cart.php',
  '/checkout',
  '/nowhere',
];

for (const engine of ['handlebars-v3', 'handlebars-v4'] as const) {
  suite(`the example theme on ${engine}`, () => {
    let store: Emulator;
    before(async () => {
      const themeSettings = { bcw_app_client_id: 'app-1', bcw_backend_url: 'https://backend.example/' };
      store = createEmulator({ themeDir: await temporaryTheme(), themeSettings, engine });
    });

    for (const who of ['guest', 'customer'] as const) {
      for (const path of PAGES) {
        test(`${path} is a sound page for a ${who}`, async () => {
          const visitor = visitorOf(store);
          if (who === 'customer') await visitor.signIn('ada@example.com');
          const response = await visitor.get(path);
          if (who === 'guest' && path.startsWith('/account.php')) {
            assert.equal(response.status, 302);
            return;
          }
          const html = await response.text();
          const elements = elementsOf(html);
          const count = (name: string) => elements.filter((element) => element.name === name).length;
          assert.deepEqual([count('main'), count('h1'), count('title')], [1, 1, 1]);
          assert.deepEqual(
            elements.filter(({ name, text }) => /^(h[1-6]|a|button|label|title)$/.test(name) && !text),
            [],
          );
          assert.ok(elements.every(({ name, attributes }) => name !== 'img' || attributes.alt !== undefined));
          const ids = elements.map(({ attributes }) => attributes.id).filter(Boolean);
          assert.equal(new Set(ids).size, ids.length);
          for (const { name, attributes } of elements) {
            if (name === 'label') assert.ok(ids.includes(attributes.for), attributes.for);
            if (attributes['aria-labelledby']) assert.ok(ids.includes(attributes['aria-labelledby']));
            // A strict policy blocks both, so the theme must not need them.
            assert.equal(attributes.style, undefined);
            assert.deepEqual(
              Object.keys(attributes).filter((key) => key.startsWith('on')),
              [],
            );
          }
          const expected = who === 'customer' && /^\/(account\.php)?$/.test(path) ? 1 : 0;
          assert.equal(count('bc-customer-widget'), expected);
          assert.equal(count('script'), expected);
        });
      }
    }

    test('escapes a hostile name and e-mail on every page', async () => {
      const hostile = `<img src=x onerror=alert(1)>{{settings.base_url}}`;
      const customer = { id: 7, email: hostile, name: hostile, password: 'demo' };
      const attacked = createEmulator({ themeDir: await temporaryTheme(), engine, customers: [customer] });
      const visitor = visitorOf(attacked);
      await visitor.signIn(hostile);
      let shown = 0;
      for (const path of PAGES) {
        const elements = elementsOf(await (await visitor.get(path)).text());
        assert.ok(elements.every(({ attributes }) => attributes.onerror === undefined));
        if (elements.some(({ text }) => text.includes(hostile))) shown++;
      }
      assert.equal(shown, 2, 'the name on the home page, the e-mail on the account page');
    });
  });
}

test('every word that a template asks for is in the English file, and every word there is used', async () => {
  const english = flatten(JSON.parse(await readFile('example-theme/lang/en.json', 'utf8')) as Words);
  const used = new Set<string>();
  for (const source of await templates()) {
    for (const [, key] of source.matchAll(/\blang ['"]([\w.-]+)['"]/g)) used.add(key!);
  }
  assert.deepEqual([...used].sort(), Object.keys(english).sort());
});

test('German has every word that English has, with the same parameters', async () => {
  const read = async (language: string) =>
    flatten(JSON.parse(await readFile(`example-theme/lang/${language}.json`, 'utf8')) as Words);
  const [english, german] = [await read('en'), await read('de')];
  const parameters = (words: Record<string, string>) =>
    Object.entries(words).map(([key, word]) => [key, word.match(/\{\w+\}/g)]);
  assert.deepEqual(parameters(german), parameters(english));
});

test('a German browser gets the German page', async () => {
  const store = createEmulator({ themeDir: await temporaryTheme() });
  const html = await (
    await visitorOf(store).get('/login.php', { 'accept-language': 'de-AT,de;q=0.9' })
  ).text();
  const elements = elementsOf(html);
  assert.equal(elements.find(({ name }) => name === 'html')?.attributes.lang, 'de');
  assert.equal(elements.find(({ name }) => name === 'h1')?.text, 'Anmelden');
});

test('every setting in the theme editor has a default and a label in words', async () => {
  const read = async (file: string) => JSON.parse(await readFile(`example-theme/${file}`, 'utf8')) as never;
  const config: { settings: Record<string, unknown> } = await read('config.json');
  const words: Record<string, unknown> = await read('schemaTranslations.json');
  const schema = await readFile('example-theme/schema.json', 'utf8');
  const keys = (pattern: RegExp) => [...schema.matchAll(pattern)].map(([, key]) => key!);
  assert.deepEqual(
    keys(/"id": "(.*?)"/g).filter((id) => !(id in config.settings)),
    [],
  );
  assert.deepEqual([...new Set(keys(/"(i18n\..*?)"/g))].sort(), Object.keys(words).sort());
});

interface Words {
  [key: string]: string | Words;
}

const flatten = (words: Words, prefix = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );

async function templates(): Promise<string[]> {
  const folders = ['example-theme/templates', 'templates/components'];
  const files = folders.map(async (folder) =>
    (await readdir(folder, { recursive: true })).map((file) => join(folder, file)),
  );
  const sources = (await Promise.all(files)).flat().filter((file) => file.endsWith('.html'));
  return Promise.all(sources.map((file) => readFile(file, 'utf8')));
}
