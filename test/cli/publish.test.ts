// The publish command against the emulated store, over HTTP, with faults where a test wants them.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { run } from '../../src/cli/program.js';
import { createEmulator, sampleStore, type Emulator } from '../../src/emulator/index.js';
import { integrityOf } from '../../src/page-builder/index.js';
import { elementOf } from '../theme/html.js';

/** Answers instead of the store; undefined lets the request through, `cut` ends the connection before or after. */
type Fault = (request: Request) => Response | 'cut' | 'cut after' | undefined;

const TOKEN = sampleStore.accessToken;

let emulator: Emulator;
let fault: Fault;
let requests: string[];
let server: Server;
let apiUrl: string;
let outside: string;

before(async () => {
  const listener = getRequestListener(
    async (request, { outgoing }) => {
      const path = new URL(request.url).pathname.replace('/stores/samplestore/v3/content', '');
      requests.push(`${request.method} ${path}`);
      const answer = fault(request);
      if (answer instanceof Response) return answer;
      if (answer !== 'cut') {
        const response = await emulator.fetch(request);
        if (!answer) return response;
      }
      (outgoing as { destroy: () => void }).destroy();
      return new Response();
    },
    { overrideGlobalObjects: false },
  );
  server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  apiUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  outside = await mkdtemp(join(tmpdir(), 'bcw-publish-'));
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(outside, { recursive: true });
});
beforeEach(() => {
  emulator = createEmulator({ themeDir: 'example-theme' });
  fault = () => undefined;
  requests = [];
});

interface Ran {
  code: number;
  out: string;
  err: string;
  /** How long the command waited, in milliseconds, one number a wait. */
  waits: number[];
}

interface Setting {
  env?: Record<string, string | undefined>;
  answer?: string | undefined;
}

async function publish(args: string[] = [], { env = {}, answer }: Setting = {}): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', err: '', waits: [] };
  const all = ['publish', '--api-url', apiUrl, '--assets-url', `${apiUrl}/page-builder`, ...args];
  ran.code = await run(all, {
    write: (text) => (ran.out += text),
    writeError: (text) => (ran.err += text),
    ask: answer === undefined ? undefined : () => Promise.resolve(answer),
    env: { BIGCOMMERCE_STORE_HASH: 'samplestore', BIGCOMMERCE_ACCESS_TOKEN: TOKEN, ...env },
    wait: (milliseconds) => {
      ran.waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  assert.ok(!(ran.out + ran.err).includes(TOKEN), 'the token is never shown');
  return ran;
}

interface Stored {
  uuid: string;
  name: string;
  template: string;
  schema: { sections: { settings: { id: string; default: string }[] }[] }[];
  schema_translations: Record<string, Record<string, string>>;
  current_version_uuid: string;
}

async function stored<Item = Stored>(path = 'widget-templates'): Promise<Item[]> {
  const url = `http://localhost/stores/samplestore/v3/content/${path}`;
  const response = await emulator.fetch(new Request(url, { headers: { 'X-Auth-Token': TOKEN } }));
  return ((await response.json()) as { data: Item[] }).data;
}

const isWrite = (request: string) => !request.startsWith('GET') && !request.endsWith('/preview');

suite('publishing', () => {
  test('brings the template into Page Builder, translated, with the bundle and its hash', async () => {
    const { code, out, err } = await publish();
    assert.equal(code, 0, err);
    assert.equal(err, '');
    const [template, ...others] = await stored();
    assert.deepEqual(others, []);
    assert.match(out, new RegExp(`Created the widget template "Customer widget" \\(${template!.uuid}`));
    const script = elementOf(template!.template, 'script').attributes;
    assert.equal(script.src, `${apiUrl}/page-builder/bc-customer-widget.min.js`);
    assert.equal(script.integrity, integrityOf(await readFile('dist/bc-customer-widget.min.js')));
    assert.equal(template!.schema_translations['i18n.Heading']!.ja, '見出し');
    assert.ok(requests.includes(`POST /widget-templates/${template!.uuid}/preview`));
  });

  test('changes nothing when it is run again, five times', async () => {
    await publish(['--script']);
    const first = await stored();
    requests = [];
    for (let time = 0; time < 5; time++) {
      const { code, out } = await publish(['--script', '--new-version']);
      assert.equal(code, 0);
      assert.equal(out.match(/Nothing to change in/g)!.length, 2);
    }
    assert.deepEqual(await stored(), first);
    assert.deepEqual(requests.filter(isWrite), []);
  });

  test("fills in the merchant's values and the options in their language", async () => {
    const values = ['--app-client-id', 'app-1', '--backend-url', 'https://api.example.com/a?b="c"'];
    assert.equal((await publish([...values, '--language', 'de'])).code, 0);
    const [template] = await stored();
    const settings = template!.schema.flatMap(({ sections }) =>
      sections.flatMap((section) => section.settings),
    );
    const defaultOf = (id: string) => settings.find((setting) => setting.id === id)!.default;
    assert.equal(defaultOf('appClientId'), 'app-1');
    assert.equal(defaultOf('backendUrl'), 'https://api.example.com/a?b="c"');
    assert.ok(JSON.stringify(template!.schema).includes('Karte mit Rahmen'));
    assert.equal((await publish(['--backend-url', '/rewards'])).code, 0);
  });

  test('updates placed widgets at once, or leaves them with --new-version', async () => {
    await publish();
    const [before] = await stored();
    const atOnce = await publish(['--app-client-id', 'app-1']);
    assert.match(atOnce.out, /^Updated/);
    assert.equal((await stored())[0]!.current_version_uuid, before!.current_version_uuid);
    await publish(['--app-client-id', 'app-2', '--new-version']);
    assert.notEqual((await stored())[0]!.current_version_uuid, before!.current_version_uuid);
    assert.equal((await stored()).length, 1);
  });

  test('finds the template again by its uuid, whatever its name', async () => {
    await publish(['--name', 'Rewards']);
    const [{ uuid } = { uuid: '' }] = await stored();
    const env = { BIGCOMMERCE_WIDGET_TEMPLATE_UUID: uuid };
    assert.equal((await publish(['--name', 'Points'], { env })).code, 0);
    const after = await stored();
    assert.deepEqual(
      after.map((one) => [one.uuid, one.name]),
      [[uuid, 'Points']],
    );
  });

  test('asks which one when the name is taken twice, by channel or by uuid', async () => {
    await publish(['--channel', '1']);
    await publish(['--channel', '2']);
    const { code, err } = await publish();
    assert.equal(code, 1);
    assert.match(err, /2 widget templates are called "Customer widget"/);
    for (const { uuid } of await stored()) assert.ok(err.includes(uuid));
    assert.match((await publish(['--channel', '2'])).out, /Nothing to change in .*channel 2/);
  });

  test('finds it on the last page of a long list', async () => {
    await publish();
    const [template] = await stored();
    fault = (request) => {
      const page = new URL(request.url).searchParams.get('page');
      if (!page) return undefined;
      const data = page === '3' ? [template] : [{ uuid: page, name: `Other ${page}`, channel_id: 1 }];
      return Response.json({ data, meta: { pagination: { total_pages: 3 } } });
    };
    assert.match((await publish()).out, /Nothing to change/);
  });

  test('says when a browser could load the bundle on the same host only', async () => {
    const names = (await readdir('dist')).filter((name) => name.endsWith('.min.js'));
    const files = new Map(
      await Promise.all(names.map(async (name) => [name, await readFile(`dist/${name}`)] as const)),
    );
    fault = (request) => {
      const file = files.get(request.url.split('/').at(-1)!);
      return file && new Response(file);
    };
    const { code, err } = await publish();
    assert.equal(code, 0);
    assert.match(err, /without Access-Control-Allow-Origin/);
  });
});

suite('publishing with --script', () => {
  test('leaves the script to Script Manager, with hash and consent category', async () => {
    const { code, out } = await publish(['--script', '--consent', 'essential']);
    assert.equal(code, 0);
    assert.match(out, /Created the script in Script Manager/);
    assert.doesNotMatch((await stored())[0]!.template, /<script/);
    const [script] = await stored<Record<string, unknown>>('scripts');
    assert.equal(script!.src, `${apiUrl}/page-builder/bc-customer-widget.iife.min.js`);
    const integrity = integrityOf(await readFile('dist/bc-customer-widget.iife.min.js'));
    assert.deepEqual(script!.integrity_hashes, [{ hash: integrity }]);
    assert.equal(script!.kind, 'src');
    assert.equal(script!.load_method, 'defer');
    assert.equal(script!.consent_category, 'essential');
    assert.equal(script!.enabled, true);
  });

  test('updates the script that is there', async () => {
    await publish(['--script']);
    assert.match((await publish(['--script', '--consent', 'essential'])).out, /Updated the script/);
    const scripts = await stored<Record<string, unknown>>('scripts');
    assert.deepEqual(
      scripts.map((script) => script.consent_category),
      ['essential'],
    );
  });
});

suite('publishing with --script, where a script of that name is there twice', () => {
  test('asks for one channel', async () => {
    const path = 'http://localhost/stores/samplestore/v3/content/scripts';
    const script = {
      name: 'bc-customer-widget',
      src: 'https://cdn.example/widget.js',
      consent_category: 'essential',
    };
    for (const channel_id of [1, 2]) {
      const body = JSON.stringify({ ...script, channel_id });
      const headers = { 'X-Auth-Token': TOKEN };
      assert.ok((await emulator.fetch(new Request(path, { method: 'POST', headers, body }))).ok);
    }
    const { code, err } = await publish(['--script']);
    assert.equal(code, 1);
    assert.match(err, /2 scripts in Script Manager are called "bc-customer-widget"\. Name one channel/);
    assert.equal((await publish(['--script', '--channel', '2'])).code, 0);
  });
});

suite('looking without publishing', () => {
  test('shows with --dry-run what would be sent, and needs no token', async () => {
    const env = { BIGCOMMERCE_STORE_HASH: undefined, BIGCOMMERCE_ACCESS_TOKEN: undefined };
    const { code, out } = await publish(['--dry-run', '--script'], { env });
    assert.equal(code, 0);
    const { widgetTemplate, script } = JSON.parse(out) as Record<string, Record<string, string>>;
    assert.equal(widgetTemplate!.name, 'Customer widget');
    assert.equal(typeof widgetTemplate!.schema_translations, 'string');
    assert.equal(script!.kind, 'src');
    assert.deepEqual(requests, []);
  });

  test('prints with --print what a merchant pastes, escaped', async () => {
    const env = { BIGCOMMERCE_STORE_HASH: undefined, BIGCOMMERCE_ACCESS_TOKEN: undefined };
    const backendUrl = 'https://api.example.com/?a="><script>&b';
    const { code, out } = await publish(
      ['--print', '--app-client-id', 'app-1', '--backend-url', backendUrl],
      { env },
    );
    assert.equal(code, 0);
    const scriptBlock = /<script.*<\/script>/.exec(out)![0];
    const elementBlock = out.slice(out.indexOf('<bc-'));
    const script = elementOf(scriptBlock, 'script').attributes;
    assert.equal(script.src, `${apiUrl}/page-builder/bc-customer-widget.iife.min.js`);
    assert.match(script.integrity!, /^sha384-/);
    assert.equal(script.type, undefined);
    const element = elementOf(elementBlock, 'bc-customer-widget').attributes;
    assert.equal(element['app-client-id'], 'app-1');
    assert.equal(element['backend-url'], backendUrl);
    assert.equal(element['guest-text'], 'Sign in to see this.');
    assert.equal(element.accent, undefined);
    assert.equal(elementBlock.match(/</g)!.length, 2);
    assert.deepEqual(requests, []);
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    let printed = '';
    const write = (text: string) => (printed += text);
    const words = ['publish', '--print', '--app-client-id', 'app-1', '--backend-url', backendUrl];
    assert.equal(await run(words, { write, writeError: write, ask: undefined, env: {} }), 0, printed);
    const address = `https://cdn.jsdelivr.net/npm/bc-customer-widget@${version}/dist/bc-customer-widget.iife.min.js`;
    assert.ok(printed.includes(`src="${address}"`), 'without --assets-url, where npm packages are public');
    assert.match((await publish(['--print'])).err, /--print needs --app-client-id and --backend-url/);
  });

  test("lists the store's templates", async () => {
    assert.match((await publish(['--list'])).out, /no widget templates/);
    await publish();
    const [template] = await stored();
    assert.equal((await publish(['--list'])).out, `${template!.uuid}  channel 1  Customer widget\n`);
    assert.match((await publish(['--list', '--channel', '2'])).out, /no widget templates/);
  });
});

suite('deleting', () => {
  test('takes template and script away, and has nothing to do the second time', async () => {
    await publish(['--script']);
    const { code, out } = await publish(['--delete', '--script', '--yes']);
    assert.equal(code, 0);
    assert.match(out, /Deleted the widget template "Customer widget"[^]*Deleted the script/);
    assert.deepEqual(await stored(), []);
    assert.deepEqual(await stored('scripts'), []);
    const again = await publish(['--delete', '--script', '--yes']);
    assert.equal(again.code, 0);
    assert.match(again.out, /no such widget template[^]*no such script/);
  });

  test('asks first, and deletes nothing where nobody can be asked', async () => {
    await publish();
    for (const answer of [undefined, '', 'n']) {
      const { code, err } = await publish(['--delete'], { answer });
      assert.equal(code, 1);
      assert.match(err, /Nothing was deleted/);
    }
    assert.equal((await stored()).length, 1);
    assert.equal((await publish(['--delete'], { answer: 'y' })).code, 0);
    assert.deepEqual(await stored(), []);
  });
});

suite('what the store refuses', () => {
  const answerWith = (status: number, body: object | string = {}) => {
    fault = (request) =>
      request.url.includes('/v3/')
        ? new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
        : undefined;
  };

  for (const [what, status, expected] of [
    ['a token that is not accepted', 401, /answered 401 .*BIGCOMMERCE_ACCESS_TOKEN belongs to this store/s],
    ['a missing scope', 403, /answered 403 .*scope "Content: modify"/s],
    ['a wrong store hash', 404, /answered 404 .*BIGCOMMERCE_STORE_HASH, which is samplestore/s],
    ['a conflict', 409, /answered 409/],
    ['a fault of its own', 500, /answered 500 .*try again later/s],
    ['being away', 503, /answered 503/],
  ] as const) {
    test(`is said: ${what}`, async () => {
      answerWith(status, { title: 'No.' });
      const { code, err } = await publish();
      assert.equal(code, 1);
      assert.match(err, expected);
      assert.match(err, /No\./);
    });
  }

  test('is said field by field, without the token and without control characters', async () => {
    fault = (request) => {
      if (request.method !== 'POST') return undefined;
      const errors = { name: `is taken \u001b[31m${TOKEN}`, details: { line: 4 } };
      return Response.json({ title: 'JSON data is missing or invalid', errors }, { status: 422 });
    };
    const { code, err } = await publish();
    assert.equal(code, 1);
    assert.match(
      err,
      /JSON data is missing or invalid\n {2}name: is taken \[31m…\n {2}details: \{"line":4\}/,
    );
  });

  test('is said when the answer is a page', async () => {
    answerWith(401, '<html>Sign in</html>');
    const { code, err } = await publish();
    assert.equal(code, 1);
    assert.match(err, /answered 401/);
    assert.ok(!err.includes('html'));
  });

  test('is a template that does not show the element', async () => {
    fault = (request) =>
      request.url.endsWith('/preview') ? Response.json({ data: { html: '<p></p>' } }) : undefined;
    const { code, err } = await publish();
    assert.equal(code, 1);
    assert.match(err, /renders it without <bc-customer-widget>/);
  });
});

suite('waiting', () => {
  const limited = (times: number, headers: Record<string, string>) => {
    let left = times;
    fault = (request) => {
      if (!request.url.includes('/v3/') || left === 0) return undefined;
      left--;
      return Response.json({ title: 'Too many requests' }, { status: 429, headers });
    };
  };

  test('waits as long as the store says when its rate limit is used up, then goes on', async () => {
    limited(2, { 'X-Rate-Limit-Time-Reset-Ms': '15000' });
    const { code, waits } = await publish();
    assert.equal(code, 0);
    assert.deepEqual(waits, [15_000, 15_000]);
    assert.equal((await stored()).length, 1);
  });

  for (const [header, expected] of [
    ['X-Retry-After', 7000],
    ['Retry-After', 7000],
    ['X-Other', 1000],
  ] as const) {
    test(`goes by ${header}`, async () => {
      limited(1, { [header]: '7' });
      assert.deepEqual((await publish()).waits, [expected]);
    });
  }

  test('gives up when the limit does not end, or only after minutes', async () => {
    limited(99, { 'X-Rate-Limit-Time-Reset-Ms': '15000' });
    const patient = await publish();
    assert.equal(patient.code, 1);
    assert.equal(patient.waits.length, 4);
    assert.match(patient.err, /answered 429 .*try again in a minute/s);
    limited(99, { 'X-Rate-Limit-Time-Reset-Ms': '600000' });
    assert.deepEqual((await publish()).waits, []);
  });

  test('asks again after a fault, where that can do no harm', async () => {
    let left = 2;
    fault = (request) => {
      if (!request.url.includes('/v3/') || left === 0) return undefined;
      left--;
      return left === 1 ? 'cut' : new Response('', { status: 502 });
    };
    const { code, waits } = await publish();
    assert.equal(code, 0);
    assert.deepEqual(waits, [1000, 2000]);
  });
});

suite('a connection that is cut', () => {
  const cutOnce = (when: (request: Request) => boolean, how: 'cut' | 'cut after') => {
    let isDone = false;
    fault = (request) => {
      if (isDone || !when(request)) return undefined;
      isDone = true;
      return how;
    };
  };
  const creates = ({ method, url }: Request) => method === 'POST' && url.endsWith('/widget-templates');

  for (const how of ['cut', 'cut after'] as const) {
    test(`while the template is created leaves no second one behind (${how} the store had it)`, async () => {
      cutOnce(creates, how);
      const first = await publish();
      assert.equal(first.code, 1);
      assert.match(first.err, /Run the command again/);
      assert.equal((await stored()).length, how === 'cut' ? 0 : 1);
      assert.equal((await publish()).code, 0);
      assert.equal((await stored()).length, 1);
    });
  }

  test('between script and template is completed by the next run', async () => {
    cutOnce(creates, 'cut');
    assert.equal((await publish(['--script'])).code, 1);
    const { code, out } = await publish(['--script']);
    assert.equal(code, 0);
    assert.match(out, /Nothing to change in the script[^]*Created the widget template/);
  });

  test('before the script is there leaves the template, which has one of its own, alone', async () => {
    await publish();
    cutOnce(({ method, url }) => method === 'POST' && url.endsWith('/scripts'), 'cut');
    assert.equal((await publish(['--script'])).code, 1);
    assert.match((await stored())[0]!.template, /<script/);
    assert.equal((await publish(['--script'])).code, 0);
    assert.doesNotMatch((await stored())[0]!.template, /<script/);
    assert.equal((await stored('scripts')).length, 1);
  });

  test('while a version is made does not make it twice', async () => {
    await publish();
    const { uuid } = (await stored())[0]!;
    cutOnce(({ method }) => method === 'PUT', 'cut after');
    const changed = ['--new-version', '--app-client-id', 'app-1'];
    assert.equal((await publish(changed)).code, 1);
    assert.equal(requests.filter((request) => request === `PUT /widget-templates/${uuid}`).length, 1);
    assert.match((await publish(changed)).out, /Nothing to change/);
  });

  test('for good ends with a sentence', async () => {
    fault = (request) => (request.url.includes('/v3/') ? 'cut' : undefined);
    const { code, err } = await publish();
    assert.equal(code, 1);
    assert.match(err, /^No answer from localhost:\d+ to GET \/widget-templates/);
  });
});

suite('what is wrong before anything is sent', () => {
  afterEach(() => {
    assert.deepEqual(requests.filter(isWrite), []);
  });

  for (const [what, args, env, expected] of [
    ['no store', [], { BIGCOMMERCE_STORE_HASH: undefined }, /Set BIGCOMMERCE_STORE_HASH/],
    ['a store that is a path', [], { BIGCOMMERCE_STORE_HASH: 'a/../b' }, /Set BIGCOMMERCE_STORE_HASH/],
    ['no token', [], { BIGCOMMERCE_ACCESS_TOKEN: '' }, /Set BIGCOMMERCE_ACCESS_TOKEN .* or use --print/],
    [
      'a script for an address',
      ['--backend-url', 'javascript:alert(1)'],
      {},
      /^--backend-url must start with https/,
    ],
    ['a backend in the clear', ['--backend-url', 'http://api.example.com'], {}, /^--backend-url must start/],
    [
      'a backend on another host without a scheme',
      ['--backend-url', '//api.example.com'],
      {},
      /^--backend-url must start/,
    ],
    ['a language that there is not', ['--language', 'xx'], {}, /--language must be one of en, de/],
    [
      'an address of the API in the clear',
      ['--api-url', 'http://api.example.com'],
      {},
      /must start with https/,
    ],
    ['a bundle in the clear', ['--assets-url', 'http://cdn.example.com'], {}, /--assets-url must start/],
    ['a channel that is none', ['--channel', 'first'], {}, /A channel is a whole number/],
    ['a category that is none', ['--consent', 'marketing'], {}, /Allowed choices are essential, functional/],
    ['two things at once', ['--list', '--delete'], {}, /cannot be used with/],
    ['a folder without a template', ['--template', 'nowhere'], {}, /widget\.html cannot be read/],
  ] as [string, string[], Record<string, string | undefined>, RegExp][]) {
    test(`is said: ${what}`, async () => {
      const { code, err } = await publish(args, { env });
      assert.equal(code, 1);
      assert.match(err, expected);
    });
  }

  test('is nothing, for our own template', async () => {
    const { code, out } = await publish(['--check']);
    assert.equal(code, 0);
    assert.equal(out, 'The widget template has no fault.\n');
  });

  test('is a template with faults: each is named', async () => {
    await writeFile(join(outside, 'widget.html'), '{{#if customer}}<p title={{x}}></p>{{/if}}');
    await writeFile(join(outside, 'schema.json'), '[]');
    const { code, err } = await publish(['--template', outside]);
    assert.equal(code, 1);
    assert.match(err, /nothing was sent\.\n {2}schema is empty/);
    assert.match(err, /there is none in a widget template/);
    assert.equal((await publish(['--check', '--template', outside])).err, err);
  });

  test('is a bundle that is not there, or another one', async () => {
    const missing = await publish(['--assets-url', `${apiUrl}/nowhere`]);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /answers 404\. Upload the files of dist/);
    fault = (request) => (request.url.endsWith('.js') ? new Response('other') : undefined);
    assert.match((await publish()).err, /is not the bundle of this version/);
    assert.match((await publish(['--assets-url', 'http://localhost:1'])).err, /cannot be reached/);
  });
});
