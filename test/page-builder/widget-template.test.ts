// Our own widget template, rendered by BigCommerce's engine as the platform renders it.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import {
  defaultConfiguration,
  readWidgetTemplate,
  settingLists,
  writeOutOptions,
  type WidgetTemplate,
} from '../../src/page-builder/index.js';
import { renderWidget } from '../../src/emulator/render-widget.js';
import { elementsOf } from '../theme/html.js';

let template: WidgetTemplate;
before(async () => {
  template = await readWidgetTemplate();
});

const HOSTILE = [
  '"><img src=x onerror=alert(1)>',
  "' onclick='alert(1)",
  '</script><script>alert(1)</script>',
  '{{customer.email}} {{{json .}}}',
  'red;background:url(//evil.example)}',
  'javascript:alert(1)',
  '`a=b`&amp;&lt;',
  '\u0000\u2028\n\t',
];

async function render(configuration: Record<string, unknown>, isEditorMode = false) {
  return elementsOf(await renderWidget(template.html, configuration, { isEditorMode }));
}

suite('the widget template', () => {
  test('is the element and its script, side by side', async () => {
    const [widget, script, ...others] = await render(defaultConfiguration(template.schema));
    assert.equal(widget?.name, 'bc-customer-widget');
    assert.equal(script!.name, 'script');
    assert.equal(script!.attributes.type, 'module');
    assert.deepEqual(others, []);
  });

  test('gives each setting to an attribute, the defaults first', async () => {
    const [widget] = await render(defaultConfiguration(template.schema));
    assert.deepEqual(widget?.attributes, {
      'app-client-id': '',
      'backend-url': '',
      heading: 'Just for you',
      loading: 'eager',
      guest: 'message',
      'guest-text': 'Sign in to see this.',
      'sign-in-text': 'Sign in',
      variant: 'card',
      corner: 'soft',
      density: 'comfortable',
    });
  });

  test('has a colour of its own only when the merchant asked for one', async () => {
    const accent = '#ff0000';
    const [own] = await render({ accentSource: 'custom', accent });
    assert.equal(own?.attributes.accent, accent);
    // What was chosen before stays stored when the control is hidden.
    const [theme] = await render({ accentSource: 'theme', accent });
    assert.equal(theme?.attributes.accent, undefined);
  });

  test('is a preview in the editor and nowhere else', async () => {
    const configuration = defaultConfiguration(template.schema);
    assert.equal((await render(configuration, true))[0]?.attributes.preview, '');
    assert.equal((await render(configuration, false))[0]?.attributes.preview, undefined);
  });

  test('renders with no setting at all, as after an upgrade', async () => {
    const [widget] = await render({});
    assert.deepEqual(widget?.attributes, { 'app-client-id': '', 'backend-url': '' });
  });

  for (const hostile of HOSTILE) {
    test(`keeps ${JSON.stringify(hostile)} a value in every setting`, async () => {
      const ids = settingLists(template.schema)
        .flat()
        .map(({ id }) => id);
      const configuration = Object.fromEntries(ids.map((id) => [id, hostile]));
      const elements = await render({ ...configuration, accentSource: 'custom' });
      assert.deepEqual(
        elements.map(({ name }) => name),
        ['bc-customer-widget', 'script'],
      );
      const values = Object.values(elements[0]!.attributes);
      assert.equal(values.length, ids.length - 1);
      // The parser replaces a NUL, as every browser does.
      for (const value of values) assert.equal(value, hostile.replace('\u0000', '\uFFFD'));
    });
  }

  test('has words for eight languages', () => {
    for (const [key, words] of Object.entries(template.translations)) {
      assert.deepEqual(Object.keys(words), ['default', 'en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'ja'], key);
    }
  });

  test('can be published with the options in one language', () => {
    const labels = (schema: typeof template.schema) =>
      settingLists(schema)
        .flat()
        .flatMap(({ typeMeta }) => typeMeta?.selectOptions?.map(({ label }) => label) ?? []);
    assert.ok(labels(template.schema).every((label) => label.startsWith('i18n.')));
    assert.ok(labels(writeOutOptions(template.schema, template.translations)).includes('Card with a border'));
    const german = labels(writeOutOptions(template.schema, template.translations, 'de'));
    assert.ok(german.includes('Karte mit Rahmen'));
    assert.ok(german.every((label) => !label.startsWith('i18n.')));
  });
});
