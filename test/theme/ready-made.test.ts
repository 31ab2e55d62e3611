import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { before, suite, test } from 'node:test';
import { createStencilEngine } from '../../src/emulator/stencil-engine.js';
import { elementOf, elementsOf } from './html.js';
import { temporaryTheme } from './temporary-theme.js';

const ADA = { id: 1, name: 'Ada Lovelace', email: 'ada@example.com' };
const READY_MADE = {
  'account-rewards': 'bcw_show_on_account',
  'recent-purchases': 'bcw_show_on_home',
  'header-points': 'bcw_show_in_header',
};

for (const engine of ['handlebars-v3', 'handlebars-v4'] as const) {
  suite(`the ready-made partials on ${engine}`, () => {
    let themeDir: string;
    before(async () => {
      const pages = Object.keys(READY_MADE).map((name) => [
        `templates/pages/${name}.html`,
        `<p>\n{{> components/bc-customer-widget/${name}}}\n</p>`,
      ]);
      themeDir = await temporaryTheme({
        ...(Object.fromEntries(pages) as Record<string, string>),
        'templates/pages/all.html': Object.keys(READY_MADE)
          .map((name) => `{{> components/bc-customer-widget/${name}}}\n`)
          .join(''),
      });
    });
    const render = (page: string, context: object, themeSettings = {}) =>
      createStencilEngine({ themeDir, engine, themeSettings }).render({
        template: page,
        context: { settings: {}, urls: { account: { index: '/account.php' } }, ...context },
        nonce: 'the-nonce',
      });

    for (const [name, setting] of Object.entries(READY_MADE)) {
      test(`${name} shows the widget to a customer, and gives a guest not one byte`, async () => {
        const html = await render(`pages/${name}`, { customer: ADA });
        assert.equal(elementOf(html, 'bc-customer-widget').attributes['customer-id'], '1');
        assert.equal(await render(`pages/${name}`, { customer: null }), '<p>\n</p>');
      });

      test(`${name} can be turned off, and is on where the setting is not known yet`, async () => {
        const count = async (value: unknown) =>
          elementsOf(await render(`pages/${name}`, { customer: ADA }, { [setting]: value })).filter(
            (element) => ['bc-customer-widget', 'script', 'style'].includes(element.name),
          ).length;
        assert.equal(await count(false), 0);
        assert.ok((await count(true)) >= 3);
        // A store keeps its published settings when a theme is updated: a new one is missing there.
        assert.ok((await count(undefined)) >= 3);
      });
    }

    test("the rewards card takes the merchant's heading, else the theme's words", async () => {
      const heading = async (value: string) =>
        elementOf(
          await render('pages/account-rewards', { customer: ADA }, { bcw_heading: value }),
          'bc-customer-widget',
        ).attributes.heading;
      assert.equal(await heading('Your club'), 'Your club');
      assert.equal(await heading(''), 'Your rewards');
    });

    test('each keeps its own template when all three are on a page', async () => {
      const html = await render('pages/all', { customer: ADA });
      const widgets = html.split('<bc-customer-widget').slice(1);
      assert.equal(widgets.length, 3);
      assert.ok(!widgets[0]!.includes('<template>'));
      assert.ok(widgets[1]!.includes('data-bc-products="productIds"'));
      assert.ok(widgets[2]!.includes('data-bc-text="facts.0.value"'));
      assert.ok(!widgets[2]!.slice(0, widgets[2]!.indexOf('>')).includes(' heading='));
      for (const { name, attributes } of elementsOf(html)) {
        if (name === 'script' || name === 'style') assert.equal(attributes.nonce, 'the-nonce');
        assert.equal(attributes.style, undefined);
      }
    });

    test("the product card is the theme's own, filled from the product page's data", async () => {
      const hostile = `"><script>alert(1)</script>`;
      const product = { id: 77, name: hostile, url: hostile, price: { without_tax: { formatted: '$5.00' } } };
      const html = await render('components/bc-customer-widget/product-card', { product });
      assert.equal(elementOf(html, 'article').attributes['data-entity-id'], '77');
      assert.equal(elementOf(html, 'h3').text, hostile);
      assert.equal(elementsOf(html).filter(({ name }) => name === 'script').length, 0);
      assert.equal(await render('components/bc-customer-widget/product-card', {}), '');
    });
  });
}

test('every language has the same words, none of them empty', async () => {
  const languages = await readdir('templates/lang');
  const english = JSON.parse(await readFile('templates/lang/en.json', 'utf8')) as object;
  assert.equal(languages.length, 17);
  for (const language of languages) {
    const words = JSON.parse(await readFile(`templates/lang/${language}`, 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(words), Object.keys(english), language);
    // Stencil reads words as ICU messages, where braces and straight apostrophes are signs.
    for (const word of Object.values(words)) assert.match(word, /^[^\s'{}]([^'{}]*[^\s'{}])?$/, language);
  }
});

test("the element's English words are those of the English file", async () => {
  const english = JSON.parse(await readFile('templates/lang/en.json', 'utf8')) as Record<string, string>;
  const sources = ['messages.ts', 'settled/messages.ts', 'actions/index.ts'];
  const code = await Promise.all(sources.map((file) => readFile(`src/element/${file}`, 'utf8')));
  const inCode = code.flatMap((source) => [...source.matchAll(/^ {2}(\w+): '(.*)',$/gm)]);
  assert.ok(inCode.length >= 12);
  // A theme's widget never stands there for guests.
  const words = inCode.map(([, key, word]) => [key!, word!] as const).filter(([key]) => key !== 'guest');
  for (const [key, word] of words) assert.equal(english[key], word, key);
  const known = new Set([...words.map(([key]) => key), 'heading', 'purchases']);
  assert.deepEqual(Object.keys(english).sort(), [...known].sort());
});

test('the example theme holds the settings, labels and words of the fragments', async () => {
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const { settings } = (await read('example-theme/config.json')) as { settings: Record<string, unknown> };
  const own = Object.entries(settings).filter(([key]) => key.startsWith('bcw_'));
  assert.deepEqual(Object.fromEntries(own), await read('templates/config/settings.json'));
  assert.deepEqual(await read('example-theme/schema.json'), [await read('templates/config/schema.json')]);
  assert.deepEqual(
    await read('example-theme/schemaTranslations.json'),
    await read('templates/config/schemaTranslations.json'),
  );
  for (const language of ['en', 'de']) {
    const words = (await read(`example-theme/lang/${language}.json`)).bc_customer_widget;
    assert.deepEqual(words, await read(`templates/lang/${language}.json`));
  }
});
