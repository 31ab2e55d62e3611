import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, suite, test } from 'node:test';
import { createStencilEngine, type TemplateEngine } from '../../src/emulator/stencil-engine.js';
import { elementOf, elementsOf } from './html.js';
import { temporaryTheme } from './temporary-theme.js';

const ADA = { id: 1, name: 'Ada Lovelace', email: 'ada@example.com' };
const SETTINGS = {
  bcw_app_client_id: 'app-1',
  bcw_backend_url: 'https://backend.example/card',
  bcw_heading: 'Your rewards',
  bcw_look: 'card',
};
/** The words that the element has attributes for: `error` arrives as `error-text`. */
const wordsIn = async (language: string) => {
  const file = await readFile(`templates/lang/${language}.json`, 'utf8');
  const { heading, purchases, ...words } = JSON.parse(file) as Record<string, string>;
  assert.ok(heading && purchases);
  return Object.fromEntries(Object.entries(words).map(([key, word]) => [`${key}-text`, word]));
};
const ENGLISH = await wordsIn('en');
const HOSTILE = [
  `"><img src=x onerror=alert(1)>`,
  `'><script>alert(1)</script>`,
  `</script></style><script>alert(1)</script>`,
  `" autofocus onfocus="alert(1)`,
  '{{customer.email}} {{{customer.email}}}',
  '{{> components/common/header}}',
  '`${alert(1)}` & &quot; \\" \u2028',
];

for (const engine of ['handlebars-v3', 'handlebars-v4'] satisfies TemplateEngine[]) {
  suite(`the widget's partial on ${engine}`, () => {
    let themeDir: string;
    const INCLUDE = '{{> components/bc-customer-widget/widget}}';
    const include = (parameters: string) => INCLUDE.replace('}}', ` ${parameters}}}`);

    before(async () => {
      themeDir = await temporaryTheme({
        'templates/pages/plain.html': INCLUDE,
        'templates/pages/line.html': `  <p>before</p>\n${INCLUDE}\n  <p>after</p>\n`,
        'templates/pages/inline.html': `<p>${INCLUDE}</p>`,
        'templates/pages/parameters.html': include(
          'app_client_id=given.app backend_url=given.url heading=given.heading heading_level=given.level loading=given.loading look=given.look token_url=given.token refresh_after=given.seconds live_url=given.live',
        ),
        'templates/pages/look.html': include('look=given.look hide_heading=true'),
        'templates/pages/block.html':
          '{{#partial "mine"}}<template><b data-bc-text="points">{{customer.id}}</b></template>{{/partial}}' +
          include('block="mine"') +
          INCLUDE,
        'templates/pages/twice.html': INCLUDE + include('heading="Second"'),
        'templates/pages/each.html': `{{#each things}}${INCLUDE}{{/each}}`,
        'templates/pages/each-passed.html': `{{#each things}}${include(
          'customer=../customer theme_settings=../theme_settings',
        )}{{/each}}`,
      });
    });
    const render = (
      page: string,
      context: Record<string, unknown>,
      themeSettings: object = SETTINGS,
      acceptLanguage = 'en',
    ) =>
      createStencilEngine({ themeDir, engine, themeSettings: { ...themeSettings } }).render({
        template: `pages/${page}`,
        context: { settings: { theme_version_id: 'v1' }, ...context },
        nonce: 'the-nonce',
        acceptLanguage,
      });

    for (const [who, customer] of Object.entries({ null: null, undefined, empty: {}, false: false })) {
      test(`gives a guest (${who}) not one byte`, async () => {
        assert.equal(await render('plain', { customer }), '');
        assert.equal(await render('inline', { customer }), '<p></p>');
        assert.equal(await render('line', { customer }), '  <p>before</p>\n  <p>after</p>\n');
      });
    }

    test('gives a customer preconnect, reserved room, the element and its module', async () => {
      const html = await render('plain', { customer: ADA });
      assert.deepEqual(
        elementsOf(html).map(({ name }) => name),
        ['link', 'style', 'bc-customer-widget', 'script'],
      );
      assert.deepEqual(elementOf(html, 'link').attributes, {
        rel: 'preconnect',
        href: SETTINGS.bcw_backend_url,
        crossorigin: '',
      });
      const style = elementOf(html, 'style');
      assert.equal(style.attributes.nonce, 'the-nonce');
      assert.match(style.text, /^bc-customer-widget:not\(:defined\)/);
      assert.deepEqual(elementOf(html, 'bc-customer-widget').attributes, {
        'app-client-id': 'app-1',
        'backend-url': SETTINGS.bcw_backend_url,
        'customer-id': '1',
        heading: 'Your rewards',
        'data-look': 'card',
        ...ENGLISH,
      });
      assert.deepEqual(elementOf(html, 'script').attributes, {
        type: 'module',
        async: '',
        nonce: 'the-nonce',
        src: '/stencil/v1/bc-customer-widget/bc-customer-widget.min.js',
      });
    });

    test("speaks the shopper's language, and English where the theme has no other words", async () => {
      const wordsFor = async (page: string, acceptLanguage: string) => {
        const html = await render(page, { customer: ADA, things: [{}] }, SETTINGS, acceptLanguage);
        const attributes = Object.entries(elementOf(html, 'bc-customer-widget').attributes);
        return Object.fromEntries(attributes.filter(([name]) => name.endsWith('-text')));
      };
      const german = await wordsIn('de');
      assert.equal(german['retry-text'], 'Erneut versuchen');
      assert.deepEqual(await wordsFor('plain', 'de-AT,de;q=0.9'), german);
      assert.deepEqual(await wordsFor('each-passed', 'de-AT,de;q=0.9'), german);
      assert.deepEqual(await wordsFor('plain', 'en-GB'), ENGLISH);
      assert.deepEqual(await wordsFor('plain', 'xx'), ENGLISH);
      assert.equal(await render('plain', { customer: null }, SETTINGS, 'de'), '');
    });

    test('tells nothing of the customer but the id', async () => {
      const html = await render('plain', { customer: ADA });
      assert.ok(!html.includes(ADA.name));
      assert.ok(!html.includes(ADA.email));
    });

    test('prefers parameters to theme settings', async () => {
      const given = {
        app: 'app-2',
        url: 'https://other.example/',
        heading: 'Points',
        level: 3,
        loading: 'lazy',
        look: 'plain',
        token: '/fr/customer/current.jwt',
        seconds: 300,
        live: 'wss://live.example/rewards',
      };
      const html = await render('parameters', { customer: ADA, given });
      assert.equal(elementOf(html, 'link').attributes.href, given.url);
      assert.deepEqual(elementOf(html, 'bc-customer-widget').attributes, {
        'app-client-id': given.app,
        'backend-url': given.url,
        'customer-id': '1',
        heading: given.heading,
        'heading-level': '3',
        loading: 'lazy',
        'data-look': 'plain',
        'token-url': given.token,
        'refresh-after': '300',
        'live-url': given.live,
        ...ENGLISH,
      });
    });

    test('writes only what the element needs to explain itself when nothing is set', async () => {
      const unset = {
        bcw_app_client_id: undefined,
        bcw_backend_url: undefined,
        bcw_heading: undefined,
        bcw_look: undefined,
      };
      for (const settings of [
        { bcw_app_client_id: '', bcw_backend_url: '', bcw_heading: '', bcw_look: '' },
        unset,
      ]) {
        const html = await render('parameters', { customer: ADA, given: {} }, settings);
        assert.deepEqual(elementOf(html, 'bc-customer-widget').attributes, {
          'app-client-id': '',
          'backend-url': '',
          'customer-id': '1',
          ...ENGLISH,
        });
        assert.equal(elementsOf(html).filter(({ name }) => name === 'link').length, 0);
      }
    });

    HOSTILE.forEach((hostile, index) => {
      test(`keeps hostile text ${index + 1} inside its attribute, from settings, parameters and the customer`, async () => {
        const settings = {
          bcw_app_client_id: hostile,
          bcw_backend_url: hostile,
          bcw_heading: hostile,
          bcw_look: hostile,
        };
        const given = {
          app: hostile,
          url: hostile,
          heading: hostile,
          level: hostile,
          loading: hostile,
          look: hostile,
          token: hostile,
          seconds: hostile,
          live: hostile,
        };
        for (const html of [
          await render('plain', { customer: { ...ADA, id: hostile } }, settings),
          await render('parameters', { customer: { ...ADA, id: hostile }, given }),
        ]) {
          assert.deepEqual(
            elementsOf(html).map(({ name }) => name),
            ['link', 'style', 'bc-customer-widget', 'script'],
          );
          assert.equal(elementOf(html, 'link').attributes.href, hostile);
          const { attributes } = elementOf(html, 'bc-customer-widget');
          for (const [name, value] of Object.entries(attributes)) {
            assert.equal(value, ENGLISH[name] ?? hostile, name);
          }
          const allowed = [
            'data-look',
            'token-url',
            'app-client-id',
            'backend-url',
            'customer-id',
            'heading',
            'heading-level',
            'loading',
            'refresh-after',
            'live-url',
            ...Object.keys(ENGLISH),
          ];
          assert.deepEqual(
            Object.keys(attributes).filter((name) => !allowed.includes(name)),
            [],
          );
        }
      });
    });

    test('control: without escaping, hostile text does break out of its attribute', async () => {
      const open = await temporaryTheme({
        'templates/pages/plain.html': '<b title="{{{theme_settings.bcw_heading}}}"></b>',
      });
      const html = await createStencilEngine({
        themeDir: open,
        engine,
        themeSettings: { bcw_heading: HOSTILE[0] },
      }).render({
        template: 'pages/plain',
        context: { settings: {} },
        nonce: '',
      });
      assert.ok(elementsOf(html).some(({ name }) => name === 'img'));
    });

    test('takes a look and leaves out the heading on request', async () => {
      const html = await render('look', { customer: ADA, given: { look: 'plain' } });
      const { attributes } = elementOf(html, 'bc-customer-widget');
      assert.equal(attributes['data-look'], 'plain');
      assert.equal(attributes.heading, undefined);
      assert.equal(
        elementOf(await render('plain', { customer: ADA }, { bcw_look: 'card' }), 'bc-customer-widget')
          .attributes['data-look'],
        'card',
      );
    });

    test('holds a template of the page, and only where it is asked for', async () => {
      const html = await render('block', { customer: ADA });
      assert.match(html, /<template><b data-bc-text="points">1<\/b><\/template><\/bc-customer-widget>/);
      assert.equal(elementsOf(html).filter(({ name }) => name === 'template').length, 1);
      assert.equal(await render('block', { customer: null }), '');
    });

    test('can be used twice on a page, with the module loaded from one address', async () => {
      const found = elementsOf(await render('twice', { customer: ADA }));
      const headings = found.filter(({ name }) => name === 'bc-customer-widget');
      assert.deepEqual(
        headings.map(({ attributes }) => attributes.heading),
        ['Your rewards', 'Second'],
      );
      const sources = found.filter(({ name }) => name === 'script').map(({ attributes }) => attributes.src);
      assert.equal(new Set(sources).size, 1);
    });

    test('shows nothing inside a loop, unless customer and settings are passed on', async () => {
      const context = { customer: ADA, things: [{}] };
      assert.equal(await render('each', context), '');
      assert.equal(
        elementOf(await render('each-passed', context), 'bc-customer-widget').attributes['app-client-id'],
        'app-1',
      );
    });
  });
}
