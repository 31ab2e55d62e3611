import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Script } from 'node:vm';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import {
  backendFaultMiddleware,
  createEmulator,
  createFaults,
  sampleStore,
  startEmulator,
  type BackendFault,
  type EndpointFault,
} from '../../src/emulator/index.js';
import { verifyCurrentCustomer } from '../../src/server/index.js';
import { visitorOf } from './visitor.js';

const [app] = sampleStore.apps;
const TOKEN = `/customer/current.jwt?app_client_id=${app!.clientId}`;
const themeDir = 'example-theme';
const put = (body: string) =>
  new Request('http://localhost/emulator/faults', {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  });

async function signedIn(endpoint: EndpointFault | null) {
  const store = createEmulator({ themeDir, faults: { endpoint, backend: null } });
  const visitor = visitorOf(store);
  await visitor.signIn('ada@example.com');
  return visitor;
}

describe('faults of the token endpoint', () => {
  const statuses: [fault: EndpointFault, status: number, body: RegExp][] = [
    ['guest', 404, /errors/],
    ['401', 401, /^$/],
    ['403', 403, /^$/],
    ['html-404', 404, /^<!doctype/],
    ['429', 429, /^$/],
    ['500', 500, /^$/],
    ['503', 503, /^$/],
    ['html', 200, /^<!doctype/],
    ['empty', 200, /^$/],
    ['json', 200, /^{"token":"eyJ/],
    ['quoted', 200, /^"eyJ.*"$/],
    ['slow', 200, /^eyJ/],
    ['redirect', 302, /^$/],
  ];
  for (const [fault, status, body] of statuses) {
    it(`${fault}: ${status}`, async () => {
      const response = await (await signedIn(fault)).get(TOKEN);
      assert.equal(response.status, status);
      assert.match(await response.text(), body);
      assert.equal(response.headers.get('cache-control'), 'no-store');
    });
  }

  const reasons: [fault: EndpointFault, code: string | undefined][] = [
    ['hs256', undefined],
    ['other-store', 'store_unknown'],
    ['other-app', 'audience_invalid'],
  ];
  for (const [fault, code] of reasons) {
    it(`${fault}: the token is ${code ?? 'good'}`, async () => {
      const token = await (await (await signedIn(fault)).get(TOKEN)).text();
      const verified = verifyCurrentCustomer(token, { ...app!, storeHashes: [sampleStore.storeHash] });
      if (code) await assert.rejects(verified);
      else assert.equal((await verified).customerId, 1);
    });
  }

  it('dying: the same token until it has expired, then a good one', async () => {
    const visitor = await signedIn('dying');
    const read = async () => (await visitor.get(TOKEN)).text();
    const lifetime = (token: string) => {
      const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
        iat: number;
        exp: number;
      };
      return exp - iat;
    };
    const first = await read();
    assert.equal(lifetime(first), 2);
    assert.equal(await read(), first);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    assert.equal(lifetime(await read()), 900);
  });

  it('none: the token', async () => {
    assert.match(await (await (await signedIn(null)).get(TOKEN)).text(), /^eyJ/);
  });

  it('reset and hanging end without an answer', async (test) => {
    const faults = createFaults();
    const store = await startEmulator({ themeDir, port: 0, faults });
    test.after(() => store.close());
    faults.endpoint = 'reset';
    await assert.rejects(fetch(store.url + TOKEN), TypeError);
    faults.endpoint = 'hanging';
    await assert.rejects(fetch(store.url + TOKEN, { signal: AbortSignal.timeout(200) }), {
      name: 'TimeoutError',
    });
  });
});

/** A backend that works, behind the faults. */
async function startBackend(test: TestContext, backend: BackendFault | null): Promise<string> {
  const routes = new Hono();
  routes.use(backendFaultMiddleware({ endpoint: null, backend }));
  routes.use(cors({ origin: 'http://shop' }));
  routes.get('/', (context) => context.json({ text: 'works' }));
  return new Promise((resolve) => {
    const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      resolve(`http://127.0.0.1:${port}/`);
    });
    test.after(() => {
      server.close();
    });
  });
}

describe('faults of the backend', () => {
  const cases: [fault: BackendFault, status: number, body: RegExp][] = [
    ['expired', 401, /"token_expired"/],
    ['invalid', 401, /"token_invalid"/],
    ['403', 403, /^$/],
    ['404', 404, /^$/],
    ['409', 409, /^$/],
    ['422', 422, /^$/],
    ['429', 429, /^$/],
    ['retry-after', 429, /{}/],
    ['500', 500, /^$/],
    ['503', 503, /^$/],
    ['redirect', 302, /^$/],
    ['content-type', 200, /^<!doctype/],
    ['truncated', 200, /sen$/],
    ['large', 200, /x{1000}/],
    ['slow-start', 200, /works/],
    ['slow-body', 200, /in two halves/],
  ];
  for (const [fault, status, body] of cases) {
    it(`${fault}: ${status}, which a page can read`, async (test) => {
      const url = await startBackend(test, fault);
      const response = await fetch(url, { redirect: 'manual', headers: { origin: 'http://shop' } });
      assert.equal(response.status, status);
      assert.match(await response.text(), body);
      assert.equal(response.headers.get('access-control-allow-origin'), 'http://shop');
      assert.equal(response.headers.get('retry-after'), fault === 'retry-after' ? '1' : null);
    });
  }

  it('cors: no header that lets a page read the answer', async (test) => {
    const response = await fetch(await startBackend(test, 'cors'), { headers: { origin: 'http://shop' } });
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    assert.match(await response.text(), /works/);
  });

  it('preflight: the preflight request only', async (test) => {
    const url = await startBackend(test, 'preflight');
    assert.equal((await fetch(url, { method: 'OPTIONS' })).status, 403);
    assert.equal((await fetch(url)).status, 200);
  });

  for (const fault of ['unreachable', 'reset-halfway'] as const) {
    it(`${fault}: the connection ends`, async (test) => {
      const url = await startBackend(test, fault);
      await assert.rejects(async () => (await fetch(url)).text(), TypeError);
    });
  }
});

describe('/emulator/faults', () => {
  it('switches one side and leaves the other', async () => {
    const faults = createFaults();
    const store = createEmulator({ themeDir, faults });
    assert.equal((await store.fetch(put('{"endpoint":"503"}'))).status, 200);
    assert.equal((await store.fetch(put('{"backend":"cors"}'))).status, 200);
    assert.deepEqual(faults, { endpoint: '503', backend: 'cors' });
    await store.fetch(put('{"endpoint":null}'));
    assert.deepEqual(faults, { endpoint: null, backend: 'cors' });
  });

  it('tells what is wrong and what could be', async () => {
    const store = createEmulator({ themeDir, faults: createFaults() });
    const answer = (await (await store.fetch(new Request('http://localhost/emulator/faults'))).json()) as {
      endpoint: null;
      faults: { endpoint: object; backend: object };
    };
    assert.equal(answer.endpoint, null);
    assert.equal(Object.keys(answer.faults.endpoint).length, 19);
    assert.equal(Object.keys(answer.faults.backend).length, 20);
  });

  it('offers no faults of a backend that knows nothing of them', async () => {
    const store = createEmulator({ themeDir });
    const answer = (await (await store.fetch(new Request('http://localhost/emulator/faults'))).json()) as {
      faults: object;
    };
    assert.deepEqual(Object.keys(answer.faults), ['endpoint']);
  });

  for (const body of [
    '',
    '[]x',
    'null',
    '{"endpoint":"nonsense"}',
    '{"endpoint":"toString"}',
    '{"toString":null}',
  ]) {
    it(`refuses ${body || 'nothing'}`, async () => {
      const faults = createFaults();
      const response = await createEmulator({ themeDir, faults }).fetch(put(body));
      assert.equal(response.status, 400);
      assert.deepEqual(faults, createFaults());
    });
  }
});

describe('the toolbar', () => {
  it('is on the page only when it is asked for', async () => {
    for (const toolbar of [false, true]) {
      const page = await createEmulator({ themeDir, toolbar }).fetch(new Request('http://localhost/'));
      assert.equal((await page.text()).includes('/emulator/toolbar.js'), toolbar);
    }
  });

  it('is a script that needs nothing else', async () => {
    const response = await createEmulator({ themeDir }).fetch(
      new Request('http://localhost/emulator/toolbar.js'),
    );
    assert.equal(response.headers.get('content-type'), 'text/javascript');
    const script = await response.text();
    assert.doesNotThrow(() => new Script(script));
    assert.doesNotMatch(script, /\bimport\b/);
  });
});
