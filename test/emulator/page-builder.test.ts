import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { createEmulator, sampleStore, type Emulator } from '../../src/emulator/index.js';
import { integrityOf } from '../../src/page-builder/index.js';
import { elementOf, elementsOf } from '../theme/html.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { visitorOf } from './visitor.js';

const SAMPLE = { bcw_app_client_id: 'app-1', bcw_backend_url: 'https://api.example.com/</script>' };

let store: Emulator;
before(async () => {
  store = createEmulator({ themeDir: await temporaryTheme(), themeSettings: SAMPLE });
});

interface Draft {
  region?: string;
  isEditorMode?: boolean;
  configuration?: Record<string, string>;
}

const draftOf = (draft: Draft = {}) =>
  JSON.stringify({ region: 'home_below_hero', isEditorMode: true, configuration: {}, ...draft });

const frame = async (draft: Draft = {}, path = '/') => {
  const query = new URLSearchParams({ path, draft: draftOf(draft) });
  return visitorOf(store).get(`/page-builder/frame?${query.toString()}`);
};

const post = async (on: Emulator, body: string) => {
  const request = new Request('http://localhost/page-builder/render', { method: 'POST', body });
  const response = await on.fetch(request);
  const { html, message } = (await response.json()) as { html?: string; message?: string };
  return { status: response.status, html: html ?? '', message: message ?? '' };
};

suite("the local Page Builder's panel", () => {
  test("knows the template's settings, the theme's regions and the store's customers", async () => {
    const response = await visitorOf(store).get('/page-builder');
    const html = await response.text();
    const [script] = elementsOf(html).filter(({ attributes }) => attributes.id === 'data');
    const data = JSON.parse(script!.text) as Record<string, unknown>;
    assert.deepEqual(
      (data.pages as { name: string; regions: string[] }[]).map(({ name, regions }) => [name, regions]),
      [
        ['Home', ['home_below_hero', 'home_below_featured_products']],
        ['Product', ['product_below_content']],
        ['Account', ['account_below_header']],
      ],
    );
    assert.deepEqual(data.sample, { appClientId: 'app-1', backendUrl: SAMPLE.bcw_backend_url });
    assert.equal((data.customers as unknown[]).length, sampleStore.customers.length);
    assert.equal((data.defaults as Record<string, string>).variant, 'card');
  });

  test('runs its own script only, by a nonce', async () => {
    const response = await visitorOf(store).get('/page-builder');
    const policy = response.headers.get('content-security-policy')!;
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)![1];
    const inline = elementsOf(await response.text()).filter(({ name }) => ['script', 'style'].includes(name));
    assert.equal(inline.length, 3);
    for (const { attributes } of inline) assert.equal(attributes.nonce, nonce);
    assert.ok(!policy.includes('unsafe'));
  });
});

suite("the local Page Builder's frame", () => {
  test("is the storefront's page with the widget in its region, inside the platform's boxes", async () => {
    const html = await (await frame()).text();
    const region = elementsOf(html).find(({ attributes }) => 'data-content-region' in attributes)!;
    assert.equal(region.attributes['data-content-region'], 'home_below_hero');
    const boxes = ['data-layout-id', 'data-sub-layout-container', 'data-sub-layout', 'data-widget-id'];
    for (const box of boxes) {
      assert.equal(elementsOf(html).filter(({ attributes }) => box in attributes).length, 1, box);
    }
    const widget = elementOf(html, 'bc-customer-widget');
    assert.equal(widget.attributes.preview, '');
    assert.match(html, /data-placement-status="ACTIVE"><bc-customer-widget/);
    assert.equal((await frame()).headers.get('content-security-policy'), null);
  });

  test('puts the widget on other pages, in other regions, as shoppers see it', async () => {
    const draft = { region: 'product_below_content', isEditorMode: false, configuration: { heading: 'Hi' } };
    const html = await (await frame(draft, '/products.php?productId=101')).text();
    const widget = elementOf(html, 'bc-customer-widget').attributes;
    assert.equal(widget.heading, 'Hi');
    assert.equal(widget.preview, undefined);
  });

  test("leaves the store's own pages alone", async () => {
    await frame();
    const response = await visitorOf(store).get('/');
    assert.ok(response.headers.get('content-security-policy'));
    assert.ok(!elementsOf(await response.text()).some(({ name }) => name === 'bc-customer-widget'));
  });

  test('loads the bundle that was built, by its hash', async () => {
    const html = await (await frame()).text();
    const script = elementsOf(html).find(({ attributes }) => attributes.integrity)!.attributes;
    const bundle = await visitorOf(store).get(script.src!);
    assert.equal(bundle.headers.get('access-control-allow-origin'), '*');
    assert.equal(script.integrity, integrityOf(await bundle.text()));
    for (const [file, status] of [
      ['bc-customer-widget.iife.min.js', 200],
      ['bc-customer-widget-nothing.min.js', 404],
      ['index.js', 404],
    ] as const) {
      assert.equal((await visitorOf(store).get(`/page-builder/${file}`)).status, status, file);
    }
  });

  for (const [what, draft] of [
    ['no draft', undefined],
    ['a draft that is no JSON', '{'],
    ['a draft without a region', '{"configuration":{}}'],
    ['a draft without a configuration', '{"region":"home_below_hero"}'],
    ['a draft of nothing', 'null'],
  ] as const) {
    test(`shows the page without the widget for ${what}`, async () => {
      const query = new URLSearchParams({ path: '/', ...(draft !== undefined && { draft }) });
      const response = await visitorOf(store).get(`/page-builder/frame?${query.toString()}`);
      assert.equal(response.status, 200);
      assert.ok(!elementsOf(await response.text()).some(({ name }) => name === 'bc-customer-widget'));
      assert.equal((await post(store, draft ?? '')).status, 400);
    });
  }

  test('is nothing that a request for a page could break', async () => {
    for (const draft of ['%', '%E0%A4%A', encodeURIComponent('{"region":"__proto__","configuration":{}}')]) {
      const response = await visitorOf(store).get('/', { 'x-page-builder-draft': draft });
      assert.equal(response.status, 200, draft);
    }
  });

  test('renders a change as the editor gets it: one box with element and script', async () => {
    const { status, html } = await post(store, draftOf({ configuration: { heading: '</script>"' } }));
    assert.equal(status, 200);
    const [box, widget, script, ...others] = elementsOf(html);
    assert.ok('data-widget-id' in box!.attributes);
    assert.equal(widget!.attributes.heading, '</script>"');
    assert.equal(script!.name, 'script');
    assert.deepEqual(others, []);
  });
});

suite('a widget template of your own in the local Page Builder', () => {
  let folder: string;
  let own: Emulator;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bcw-widget-'));
    own = createEmulator({ themeDir: await temporaryTheme(), widgetTemplateDir: folder });
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => writeFile(join(folder, 'schema.json'), '[]'));

  test('shows edits at once, and says what is wrong with them', async () => {
    await writeFile(join(folder, 'widget.html'), '<p>{{heading}}</p>');
    assert.match((await post(own, draftOf({ configuration: { heading: 'One' } }))).html, /<p>One<\/p>/);
    await writeFile(join(folder, 'widget.html'), '<h2>{{#if heading}}</h2>');
    const broken = await post(own, draftOf());
    assert.equal(broken.status, 422);
    assert.notEqual(broken.message, '');
    const query = new URLSearchParams({ draft: draftOf() });
    const page = await visitorOf(own).get(`/page-builder/frame?${query.toString()}`);
    assert.equal(page.status, 200);
    const boxes = elementsOf(await page.text()).filter(({ attributes }) => 'data-widget-id' in attributes);
    assert.deepEqual(
      boxes.map(({ text }) => text),
      [''],
    );
  });
});

suite("placed widgets on the store's pages", () => {
  const call = async (path: string, body: object) => {
    const url = `http://localhost/stores/${sampleStore.storeHash}/v3/content${path}`;
    const headers = { 'X-Auth-Token': sampleStore.accessToken };
    const response = await store.fetch(
      new Request(url, { method: 'POST', body: JSON.stringify(body), headers }),
    );
    assert.equal(response.status, 200);
    return ((await response.json()) as { data: { uuid: string } }).data.uuid;
  };

  test("show where they were placed, with Script Manager's script by the page's nonce", async () => {
    const template = await call('/widget-templates', { name: 'Hello', template: '<h4>{{title}}</h4>' });
    const widget = await call('/widgets', {
      name: 'Hello',
      widget_template_uuid: template,
      widget_configuration: { title: 'Hello' },
    });
    const placement = { widget_uuid: widget, region: 'home_below_hero', status: 'active' };
    await call('/placements', { ...placement, template_file: 'pages/home' });
    const src = 'https://cdn.example.com/widget.js';
    await call('/scripts', { name: 'Widget', src, location: 'footer', load_method: 'defer' });
    const response = await visitorOf(store).get('/');
    const policy = response.headers.get('content-security-policy')!;
    const elements = elementsOf(await response.text());
    assert.equal(elements.find(({ name }) => name === 'h4')?.text, 'Hello');
    const script = elements.find(({ attributes }) => attributes.src === src)!;
    assert.ok(policy.includes(`'nonce-${script.attributes.nonce!}'`));
    const product = await (await visitorOf(store).get('/products.php?productId=101')).text();
    assert.ok(!elementsOf(product).some(({ name }) => name === 'h4'));
  });
});
