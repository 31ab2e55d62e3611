import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { serve, type ServerType } from '@hono/node-server';
import {
  createExchange,
  type ExchangeOptions,
  type LoadContext,
  type Problem,
} from '../../src/server/index.js';
import { app, attackMatrix, forge, honestClaims } from './attack-matrix.js';

const shop = 'https://shop.example.com';
const stranger = 'https://evil.example.com';

/** What the backend under test answers with; each test sets its own. */
let load: ExchangeOptions['load'];
let url = '';
let server: ServerType;

before(async () => {
  const exchange = createExchange({
    apps: [app],
    storeHashes: [app.storeHash],
    allowedOrigins: [shop],
    load: (customer, context) => load(customer, context),
  });
  server = serve({ fetch: exchange, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rewards`;
});
after(() => server.close());

describe('createExchange, over HTTP', () => {
  for (const method of ['GET', 'POST']) {
    it(`answers ${method} with the data of the customer in the token`, async () => {
      load = ({ storeHash, customerId }) => ({
        facts: [{ label: 'Points', value: `${storeHash}/${customerId}` }],
      });
      const response = await ask(bearer(), { method });
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
      assert.deepEqual(await response.json(), { facts: [{ label: 'Points', value: `${app.storeHash}/1` }] });
    });
  }

  it('takes the scheme in any letters', async () => {
    load = () => ({});
    assert.equal((await ask({ Authorization: `bEaReR ${honest()}` })).status, 200);
  });

  for (const nothing of [undefined, null]) {
    it(`answers ${nothing} with 204 and no body`, async () => {
      load = () => nothing;
      const response = await ask(bearer());
      assert.equal(response.status, 204);
      assert.equal(await response.text(), '');
      assertReadable(response);
    });
  }

  for (const value of [0, '', false, []]) {
    it(`sends ${JSON.stringify(value)} as it is`, async () => {
      load = () => value;
      assert.deepEqual(await (await ask(bearer())).json(), value);
    });
  }

  it('passes on a Response of the backend, with the headers that the page needs', async () => {
    load = () => Response.json({ wait: true }, { status: 429, headers: { 'Retry-After': '7' } });
    const response = await ask(bearer());
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('retry-after'), '7');
    assert.equal(response.headers.get('access-control-expose-headers'), 'Retry-After');
    assertReadable(response);
  });

  it('answers 500 without the message when loading throws', async () => {
    load = () => {
      throw new Error('password of the database');
    };
    const response = await ask(bearer());
    const text = await response.clone().text();
    await assertProblem(response, 500, 'load_failed');
    assert.ok(!text.includes('database'));
  });

  it('answers 500 when the data cannot be JSON', async () => {
    load = () => ({ points: 1n });
    await assertProblem(await ask(bearer()), 500, 'load_failed');
  });

  it('tells loading when the browser has gone', async () => {
    const { promise: started, resolve: start } = deferred<LoadContext>();
    load = (_, context) => {
      start(context);
      return new Promise(() => undefined);
    };
    const leaving = new AbortController();
    const asking = fetch(url, { headers: bearer(), signal: leaving.signal }).catch(() => 'left');
    const { signal } = await started;
    assert.equal(signal.aborted, false);
    leaving.abort();
    await once(signal, 'abort');
    assert.equal(await asking, 'left');
  });

  describe('without a good token', () => {
    before(() => {
      load = () => assert.fail('nothing may be loaded');
    });

    const missing: [name: string, headers: Record<string, string>][] = [
      ['no Authorization', {}],
      ['another scheme', { Authorization: 'Basic YTpi' }],
      ['an empty bearer', { Authorization: 'Bearer ' }],
      ['two words', { Authorization: 'Bearer a b' }],
    ];
    for (const [name, headers] of missing) {
      it(`${name}: 401 token_missing`, async () => {
        const response = await ask(headers);
        await assertProblem(response, 401, 'token_missing');
        assert.equal(response.headers.get('www-authenticate'), 'Bearer');
      });
    }

    it('an expired token: 401 token_expired', async () => {
      const response = await ask(bearer(forge({ payload: honestClaims(now() - 2000) })));
      await assertProblem(response, 401, 'token_expired');
      assert.equal(response.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    });

    it('anything else that is wrong: 401 token_invalid, never an echo of the token', async () => {
      for (const { name, token, verdict } of attackMatrix()) {
        if (['accept', 'token_expired', 'token_missing'].includes(verdict) || /\s/.test(token)) continue;
        const response = await ask(bearer(token));
        const text = await response.clone().text();
        await assertProblem(response, 401, 'token_invalid', name);
        assert.ok(!text.includes(token.slice(0, 30)), name);
      }
    });
  });

  describe('across origins', () => {
    before(() => {
      load = () => ({ text: 'for Ada only' });
    });

    it('lets the shop read data, and names no other origin', async () => {
      const response = await ask(bearer());
      assertReadable(response);
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
    });

    for (const origin of [
      stranger,
      'null',
      `${shop}.evil.example.com`,
      'http://shop.example.com',
      `${shop}:8443`,
    ]) {
      it(`refuses ${origin} with 403, before it looks at the token, and allows it nothing`, async () => {
        for (const headers of [bearer(), {}]) {
          const response = await ask(headers, { origin });
          await assertProblem(response, 403, 'origin_not_allowed');
          assert.equal(response.headers.get('access-control-allow-origin'), null);
          assert.equal(response.headers.get('vary'), 'Origin');
        }
        const preflight = await ask(
          { 'Access-Control-Request-Method': 'GET' },
          { method: 'OPTIONS', origin },
        );
        assert.equal(preflight.status, 403);
        assert.equal(preflight.headers.get('access-control-allow-origin'), null);
      });
    }

    it('answers a caller without origin, which is no browser page, without CORS', async () => {
      const response = await ask(bearer(), { origin: null });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.equal(response.headers.get('vary'), 'Origin');
    });

    it('answers a preflight with all that the widget sends, for two hours', async () => {
      const response = await ask(
        {
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type',
        },
        { method: 'OPTIONS' },
      );
      assert.equal(response.status, 204);
      assertReadable(response);
      assert.equal(response.headers.get('access-control-allow-methods'), 'GET, POST');
      assert.equal(
        response.headers.get('access-control-allow-headers'),
        'Authorization, Content-Type, Idempotency-Key',
      );
      assert.equal(response.headers.get('access-control-max-age'), '7200');
    });

    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      it(`refuses ${method} with 405, readable for the shop`, async () => {
        const response = await ask(bearer(), { method });
        await assertProblem(response, 405, 'method_not_allowed');
        assert.equal(response.headers.get('allow'), 'GET, POST, OPTIONS');
      });
    }
  });
});

describe('createExchange refuses to start', () => {
  const start = (changes: object) => () =>
    createExchange({
      apps: [app],
      storeHashes: [app.storeHash],
      allowedOrigins: [shop],
      load: () => null,
      ...changes,
    });

  it('on an origin that is not exact, and says what to write', () => {
    assert.throws(start({ allowedOrigins: ['*'] }), /not an exact origin/);
    assert.throws(start({ allowedOrigins: ['null'] }), /not an exact origin/);
    assert.throws(start({ allowedOrigins: ['shop.example.com'] }), /Write it as/);
    assert.throws(start({ allowedOrigins: [`${shop}/`] }), /Write 'https:\/\/shop\.example\.com'/);
  });

  it('without stores or with a short secret', () => {
    assert.throws(start({ storeHashes: undefined }), /storeHashes is missing/);
    assert.throws(start({ apps: [{ ...app, clientSecret: 'short' }] }), /shorter than 16 bytes/);
  });
});

interface Ask {
  method?: string;
  origin?: string | null;
}

function ask(
  headers: Record<string, string>,
  { method = 'GET', origin = shop }: Ask = {},
): Promise<Response> {
  return fetch(url, { method, headers: origin === null ? headers : { ...headers, Origin: origin } });
}

function bearer(token = honest()): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

function honest(): string {
  return forge({ payload: honestClaims(now()) });
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** What a page of the shop needs to see the answer at all, and what keeps it out of every cache. */
function assertReadable(response: Response): void {
  assert.equal(response.headers.get('access-control-allow-origin'), shop);
  assert.equal(response.headers.get('vary'), 'Origin');
  assert.equal(response.headers.get('cache-control'), 'no-store');
}

async function assertProblem(
  response: Response,
  status: number,
  code: string,
  message?: string,
): Promise<void> {
  assert.equal(response.status, status, message);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  if (code !== 'origin_not_allowed') assertReadable(response);
  const { type, title, detail, ...rest } = (await response.json()) as Problem;
  assert.deepEqual(rest, { status, code }, message);
  assert.equal(type, 'about:blank');
  assert.ok(title !== '' && detail !== '');
}

function deferred<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}
