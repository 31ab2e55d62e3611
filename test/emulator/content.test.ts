import assert from 'node:assert/strict';
import { beforeEach, suite, test } from 'node:test';
import { createContentRoutes } from '../../src/emulator/management/content.js';
import { createContentStore, type ContentStore } from '../../src/emulator/management/content-store.js';
import { scriptTags } from '../../src/emulator/management/content-scripts.js';
import { createManagementRoutes } from '../../src/emulator/management/index.js';
import { renderRegions } from '../../src/emulator/page-builder/regions.js';
import { elementsOf } from '../theme/html.js';

interface Answer {
  status: number;
  // What the tests read; the API's answers hold more.
  data: Record<string, unknown> & { uuid: string; current_version_uuid: string; html: string };
  errors: Record<string, string>;
  meta: { pagination: { total: number; count: number; total_pages: number } };
  list: Record<string, unknown>[];
  headers: Headers;
}

let store: ContentStore;
let call: (method: string, path: string, body?: unknown, token?: string) => Promise<Answer>;

beforeEach(() => {
  store = createContentStore();
  const regions = (file: string) =>
    Promise.resolve(file === 'pages/home' ? ['home_below_menu', 'header_bottom--global'] : undefined);
  const content = createContentRoutes(store, regions);
  const api = createManagementRoutes({ storeHash: 'abc123', accessToken: 'secret', content });
  call = async (method, path, body, token = 'secret') => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await api.request(`/abc123/v3/content${path}`, {
      method,
      headers: { 'X-Auth-Token': token },
      ...init,
    });
    const answer = (response.status === 204 ? {} : await response.json()) as Answer;
    const list = Array.isArray(answer.data) ? answer.data : [];
    return { ...answer, list, status: response.status, headers: response.headers };
  };
});

const schema = [
  { type: 'tab', label: 'Content', sections: [{ settings: [{ type: 'input', id: 'title', default: '' }] }] },
];
const template = { name: 'Greeting', template: '<h2>{{title}}</h2>', schema };
const createTemplate = async (more: object = {}) =>
  (await call('POST', '/widget-templates', { ...template, ...more })).data;
const createWidget = async (templateUuid: string, title = 'Hello') =>
  (
    await call('POST', '/widgets', {
      name: 'Greeting',
      widget_template_uuid: templateUuid,
      widget_configuration: { title },
    })
  ).data;

suite('widget templates', () => {
  test('come back as they were sent, with what the platform adds', async () => {
    const words = { 'i18n.Title': { default: 'Title' } };
    const created = await createTemplate({ schema_translations: JSON.stringify(words) });
    const { data } = await call('GET', `/widget-templates/${created.uuid}`);
    assert.deepEqual(data, created);
    assert.equal(data.template, template.template);
    assert.deepEqual(data.schema, schema);
    assert.deepEqual(data.schema_translations, words);
    assert.equal(data.kind, 'custom');
    assert.equal(data.template_engine, 'handlebars_v3');
    assert.equal(data.channel_id, 1);
  });

  test('are listed in pages, by kind and by channel', async () => {
    for (let index = 0; index < 3; index++) await createTemplate({ name: `Greeting ${index}` });
    await createTemplate({ channel_id: 2 });
    const first = await call('GET', '/widget-templates?limit=2');
    assert.deepEqual(
      first.list.map(({ name }) => name),
      ['Greeting 0', 'Greeting 1'],
    );
    assert.deepEqual([first.meta.pagination.total, first.meta.pagination.total_pages], [4, 2]);
    assert.equal((await call('GET', '/widget-templates?limit=2&page=2')).list.length, 2);
    assert.equal((await call('GET', '/widget-templates?channel_id:in=2')).list.length, 1);
    // The platform ignores the plain name.
    assert.equal((await call('GET', '/widget-templates?channel_id=2')).list.length, 4);
    assert.equal((await call('GET', '/widget-templates?widget_template_kind=pp-banner')).list.length, 0);
  });

  for (const [what, change, field] of [
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['no template', { template: undefined }, 'template'],
    ['a template that does not compile', { template: '{{#if title}}' }, 'template'],
    ['a template with an operator that is none', { template: '{{#if title "~" "x"}}{{/if}}' }, 'template'],
    ['a schema that is an object', { schema: {} }, 'schema'],
    ['a setting of an unknown type', { schema: [{ type: 'panel' }] }, 'schema'],
    ['translations that are an object', { schema_translations: {} }, 'schema_translations'],
    ['translations that are no JSON', { schema_translations: '{' }, 'schema_translations'],
    ['a channel that is no number', { channel_id: '1' }, 'channel_id'],
  ] as const) {
    test(`are refused with ${what}`, async () => {
      const { status, errors } = await call('POST', '/widget-templates', { ...template, ...change });
      assert.equal(status, 422);
      assert.deepEqual(Object.keys(errors), [field]);
      assert.equal(store.templates.size, 0);
    });
  }

  test('are refused when there is no body, or none in JSON', async () => {
    assert.equal((await call('POST', '/widget-templates')).status, 422);
    assert.equal((await call('POST', '/widget-templates', null)).status, 422);
  });

  test('are at most 1000 in a channel', async () => {
    const { uuid } = await createTemplate();
    const one = store.templates.get(uuid)!;
    for (let index = 0; index < 999; index++) store.templates.set(String(index), one);
    assert.equal((await call('POST', '/widget-templates', template)).status, 422);
    assert.equal((await call('POST', '/widget-templates', { ...template, channel_id: 2 })).status, 200);
  });

  test('show what a configuration looks like', async () => {
    const { uuid } = await createTemplate();
    const path = `/widget-templates/${uuid}/preview`;
    const { data } = await call('POST', path, { widget_configuration: { title: '<Hi>' } });
    assert.equal(data.html, '<h2>&lt;Hi&gt;</h2>');
    const body = { widget_template: '<b>{{title}}</b>', widget_configuration: { title: 'Hi' } };
    assert.equal((await call('POST', '/widget-templates/preview', body)).data.html, '<b>Hi</b>');
    const broken = await call('POST', '/widget-templates/preview', { widget_template: '{{#if' });
    assert.equal(broken.status, 422);
    assert.ok(broken.errors.details);
  });

  test('are gone after they were deleted', async () => {
    const { uuid } = await createTemplate();
    assert.equal((await call('DELETE', `/widget-templates/${uuid}`)).status, 204);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? {} : undefined;
      assert.equal((await call(method, `/widget-templates/${uuid}`, body)).status, 404, method);
    }
  });
});

suite('versions of a widget template', () => {
  const titles = async (page = 'pages/home') =>
    elementsOf(Object.values(await renderRegions(store, page, { nonce: 'n' })).join(''))
      .filter(({ name }) => /^h\d$/.test(name))
      .map(({ name, text }) => `${name} ${text}`);
  const place = (widgetUuid: string, more: object = {}) =>
    call('POST', '/placements', {
      widget_uuid: widgetUuid,
      template_file: 'pages/home',
      region: 'home_below_menu',
      status: 'active',
      ...more,
    });

  test('change placed widgets at once when no new one is asked for', async () => {
    const { uuid, current_version_uuid: version } = await createTemplate();
    await place((await createWidget(uuid)).uuid);
    assert.deepEqual(await titles(), ['h2 Hello']);
    const { data } = await call('PUT', `/widget-templates/${uuid}`, { template: '<h3>{{title}}</h3>' });
    assert.equal(data.current_version_uuid, version);
    assert.deepEqual(data.schema, schema);
    assert.deepEqual(await titles(), ['h3 Hello']);
  });

  test('leave placed widgets alone until each is upgraded', async () => {
    const { uuid, current_version_uuid: version } = await createTemplate();
    const widget = await createWidget(uuid);
    await place(widget.uuid);
    const change = { template: '<h3>{{title}}</h3>', create_new_version: true };
    const { data } = await call('PUT', `/widget-templates/${uuid}`, change);
    assert.notEqual(data.current_version_uuid, version);
    await place((await createWidget(uuid, 'New')).uuid, { sort_order: 2 });
    assert.deepEqual(await titles(), ['h2 Hello', 'h3 New']);
    const old = await call('GET', `/widget-templates/${uuid}?version_uuid=${version}`);
    assert.equal(old.data.template, template.template);

    await call('PUT', `/widgets/${widget.uuid}`, { widget_configuration: { title: 'Changed' } });
    assert.deepEqual(await titles(), ['h2 Changed', 'h3 New']);
    await call('PUT', `/widgets/${widget.uuid}`, { upgrade: true });
    assert.deepEqual(await titles(), ['h3 Changed', 'h3 New']);
  });

  test('stay with a widget whose template was deleted', async () => {
    const { uuid } = await createTemplate();
    await place((await createWidget(uuid)).uuid);
    await call('DELETE', `/widget-templates/${uuid}`);
    assert.deepEqual(await titles(), ['h2 Hello']);
  });

  test('show in global regions on every page, and nowhere while inactive', async () => {
    const { uuid } = await createTemplate();
    const widget = await createWidget(uuid);
    const { data } = await place(widget.uuid, { region: 'header_bottom--global', status: undefined });
    assert.deepEqual(await titles(), []);
    await call('PUT', `/placements/${data.uuid}`, { status: 'active' });
    assert.deepEqual(await titles('pages/product'), ['h2 Hello']);
    await call('DELETE', `/widgets/${widget.uuid}`);
    assert.deepEqual(await titles('pages/product'), []);
    assert.equal(store.placements.size, 0);
  });
});

suite('widgets, placements and regions', () => {
  test('are refused when they do not fit', async () => {
    const { uuid } = await createTemplate();
    const widget = await createWidget(uuid);
    const big = { title: 'x'.repeat(64 * 1024) };
    const placement = { widget_uuid: widget.uuid, template_file: 'pages/home' };
    for (const [path, body, field] of [
      ['/widgets', { name: 'a', widget_template_uuid: 'nowhere' }, 'widget_template_uuid'],
      ['/widgets', { widget_template_uuid: uuid }, 'name'],
      [
        '/widgets',
        { name: 'a', widget_template_uuid: uuid, widget_configuration: big },
        'widget_configuration',
      ],
      ['/placements', { ...placement, widget_uuid: 'nowhere' }, 'widget_uuid'],
      ['/placements', { ...placement, template_file: '../home' }, 'template_file'],
      ['/placements', { ...placement, status: 'hidden' }, 'status'],
    ] as const) {
      const { status, errors } = await call('POST', path, body);
      assert.equal(status, 422, JSON.stringify(errors));
      assert.deepEqual(Object.keys(errors), [field]);
    }
  });

  test('are refused when a placement is to show a widget that is none', async () => {
    const widget = await createWidget((await createTemplate()).uuid);
    const placement = { widget_uuid: widget.uuid, template_file: 'pages/home' };
    const { data } = await call('POST', '/placements', placement);
    const { status, errors } = await call('PUT', `/placements/${data.uuid}`, { widget_uuid: 'nowhere' });
    assert.equal(status, 422);
    assert.deepEqual(Object.keys(errors), ['widget_uuid']);
    assert.equal(
      ((await call('GET', `/placements/${data.uuid}`)).data.widget as typeof widget).uuid,
      widget.uuid,
    );
  });

  test('are at most 75 placements on a template file', async () => {
    const { uuid } = await createTemplate();
    const widget = await createWidget(uuid);
    const placement = { widget_uuid: widget.uuid, template_file: 'pages/home' };
    for (let index = 0; index < 75; index++) {
      assert.equal((await call('POST', '/placements', placement)).status, 200);
    }
    assert.equal((await call('POST', '/placements', placement)).status, 422);
  });

  test('can be read, listed and deleted', async () => {
    const { uuid } = await createTemplate();
    const widget = await createWidget(uuid);
    const placement = await call('POST', '/placements', {
      widget_uuid: widget.uuid,
      template_file: 'pages/home',
    });
    assert.equal(placement.data.status, 'inactive');
    assert.equal((placement.data.widget as { uuid: string }).uuid, widget.uuid);
    for (const path of ['/widgets', '/placements']) {
      const { list } = await call('GET', path);
      assert.equal(list.length, 1);
      const one = `${path}/${String(list[0]!.uuid)}`;
      assert.equal((await call('GET', one)).status, 200);
    }
    assert.equal((await call('GET', '/widgets?name=Other')).list.length, 0);
    assert.equal((await call('GET', '/placements?template_file=pages/cart')).list.length, 0);
    assert.equal((await call('DELETE', `/placements/${placement.data.uuid}`)).status, 204);
    assert.equal((await call('DELETE', `/placements/${placement.data.uuid}`)).status, 404);
  });

  test("are the theme's regions by template file", async () => {
    const { list } = await call('GET', '/regions?template_file=pages/home');
    assert.deepEqual(list, [{ name: 'home_below_menu' }, { name: 'header_bottom--global' }]);
    assert.equal((await call('GET', '/regions')).status, 422);
    assert.equal((await call('GET', '/regions?template_file=pages/none')).status, 422);
  });
});

suite('a script', () => {
  test('is found by its uuid, and only by that', async () => {
    const { data } = await call('POST', '/scripts', { name: 'Widget', src: 'https://cdn.example/widget.js' });
    assert.deepEqual((await call('GET', `/scripts/${data.uuid}`)).data, data);
    assert.equal((await call('GET', '/scripts/nowhere')).status, 404);
  });

  test('that is a tag of its own has no hash and no load method', async () => {
    const tag = { name: 'Widget', kind: 'script_tag', html: '<script></script>', load_method: 'default' };
    assert.equal((await call('POST', '/scripts', tag)).status, 200);
    for (const [field, value] of [
      ['integrity_hashes', [{ hash: 'sha384-a' }]],
      ['load_method', 'defer'],
    ] as const) {
      const { status, errors } = await call('POST', '/scripts', { ...tag, [field]: value });
      assert.equal(status, 422);
      assert.deepEqual(Object.keys(errors), [field]);
    }
  });
});

suite('scripts', () => {
  const script = { name: 'Widget', src: 'https://cdn.example/widget.js', consent_category: 'functional' };

  test('come onto the page with nonce, hash and way to load', async () => {
    const hash = `sha384-${'A'.repeat(64)}`;
    const { data } = await call('POST', '/scripts', {
      ...script,
      location: 'footer',
      load_method: 'defer',
      integrity_hashes: [{ hash }],
    });
    const [tag] = elementsOf(scriptTags(store, 'footer', 'n1'));
    assert.deepEqual(tag?.attributes, {
      nonce: 'n1',
      src: script.src,
      integrity: hash,
      crossorigin: 'anonymous',
      defer: '',
    });
    assert.equal(scriptTags(store, 'head', 'n1'), '');
    await call('PUT', `/scripts/${data.uuid}`, { enabled: false });
    assert.equal(scriptTags(store, 'footer', 'n1'), '');
  });

  test('can be a tag of their own', async () => {
    const html = '<script type="module" src="/widget.js"></script>';
    const tag = { name: 'Widget', kind: 'script_tag', html, location: 'head' };
    assert.equal((await call('POST', '/scripts', tag)).status, 200);
    assert.equal(elementsOf(scriptTags(store, 'head', 'n1'))[0]?.attributes.nonce, 'n1');
  });

  for (const [what, change, field] of [
    ['no name', { name: undefined }, 'name'],
    ['a name of 256 characters', { name: 'x'.repeat(256) }, 'name'],
    ['no address', { src: undefined }, 'src'],
    ['an address that is none', { src: 'widget.js' }, 'src'],
    ['a tag and an address', { html: '<script></script>' }, 'html'],
    ['a tag that is not there', { kind: 'script_tag' }, 'html'],
    [
      'a tag that is deferred',
      { kind: 'script_tag', html: '<script></script>', load_method: 'defer' },
      'load_method',
    ],
    ['a tag that is too long', { kind: 'script_tag', html: 'x'.repeat(65_537) }, 'html'],
    ['an unknown category', { consent_category: 'marketing' }, 'consent_category'],
    ['an unknown place', { location: 'body' }, 'location'],
    ['a hash that is none', { integrity_hashes: [{ hash: 'md5-x' }] }, 'integrity_hashes'],
    ['a hash without its object', { integrity_hashes: [null] }, 'integrity_hashes'],
  ] as const) {
    test(`are refused with ${what}`, async () => {
      const { status, errors } = await call('POST', '/scripts', { ...script, ...change });
      assert.equal(status, 422);
      assert.deepEqual(Object.keys(errors), [field]);
    });
  }

  test('are at most 50 in a channel', async () => {
    for (let index = 0; index < 50; index++) await call('POST', '/scripts', script);
    assert.equal((await call('POST', '/scripts', script)).status, 422);
    const first = (await call('GET', '/scripts')).list[0]!;
    assert.equal((await call('DELETE', `/scripts/${String(first.uuid)}`)).status, 204);
    assert.equal((await call('POST', '/scripts', script)).status, 200);
  });
});

suite('the content API', () => {
  test("wants the store's token and counts requests as the other APIs do", async () => {
    assert.equal((await call('GET', '/widget-templates', undefined, 'wrong')).status, 401);
    const answer = await call('GET', '/widget-templates');
    assert.equal(answer.headers.get('X-Rate-Limit-Requests-Quota'), '150');
  });
});
