import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, it } from 'node:test';
import {
  createExchange,
  type ExchangeLogEntry,
  type ExchangeOptions,
  type LoadContext,
} from '../../src/server/index.js';
import { app, attackMatrix, forge, honestClaims } from './attack-matrix.js';
import { assertProblem, assertReadable, bearer, deferred, now, shop, useBackend } from './backend.js';

describe('createExchange, over HTTP', () => {
  /** What the backend under test answers with; each test sets its own. */
  let load: ExchangeOptions['load'];
  const { ask } = useBackend({ load: (customer, context) => load(customer, context) });

  for (const method of ['GET', 'POST']) {
    it(`answers ${method} with the data of the customer in the token`, async () => {
      load = ({ storeHash, customerId }) => ({
        facts: [{ label: 'Points', value: `${storeHash}/${customerId}` }],
      });
      const response = await ask({ method, headers: bearer() });
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
      assert.deepEqual(await response.json(), { facts: [{ label: 'Points', value: `${app.storeHash}/1` }] });
    });
  }

  for (const nothing of [undefined, null]) {
    it(`answers ${nothing} with 204 and no body`, async () => {
      load = () => nothing;
      const response = await ask({ headers: bearer() });
      assert.equal(response.status, 204);
      assert.equal(await response.text(), '');
      assertReadable(response);
    });
  }

  for (const value of [0, '', false, []]) {
    it(`sends ${JSON.stringify(value)} as it is`, async () => {
      load = () => value;
      assert.deepEqual(await (await ask({ headers: bearer() })).json(), value);
    });
  }

  it('passes on a Response of the backend, with the headers that the page needs', async () => {
    load = () => Response.json({ wait: true }, { status: 429, headers: { 'Retry-After': '7' } });
    const response = await ask({ headers: bearer() });
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('retry-after'), '7');
    assert.equal(response.headers.get('access-control-expose-headers'), 'Retry-After');
    assertReadable(response);
  });

  it('answers 500 without the message when loading throws', async () => {
    load = () => {
      throw new Error('password of the database');
    };
    const response = await ask({ headers: bearer() });
    const text = await response.clone().text();
    await assertProblem(response, 500, 'load_failed');
    assert.ok(!text.includes('database'));
  });

  it('answers 500 when the data cannot be JSON', async () => {
    load = () => ({ points: 1n });
    await assertProblem(await ask({ headers: bearer() }), 500, 'load_failed');
  });

  it('tells loading when the browser has gone', async () => {
    const { promise: started, resolve: start } = deferred<LoadContext>();
    load = (_, context) => {
      start(context);
      return new Promise(() => undefined);
    };
    const leaving = new AbortController();
    const asking = ask({ headers: bearer(), signal: leaving.signal }).catch(() => 'left');
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

    it('none: 401 token_missing, with a bare challenge', async () => {
      const response = await ask();
      await assertProblem(response, 401, 'token_missing');
      assert.equal(response.headers.get('www-authenticate'), 'Bearer');
    });

    it('an expired one: 401 token_expired', async () => {
      const response = await ask({ headers: bearer(forge({ payload: honestClaims(now() - 2000) })) });
      await assertProblem(response, 401, 'token_expired');
      assert.equal(response.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    });

    it('anything else that is wrong: 401 token_invalid, never an echo of the token', async () => {
      for (const { name, token, verdict } of attackMatrix()) {
        if (['accept', 'token_expired', 'token_missing'].includes(verdict) || /\s/.test(token)) continue;
        const response = await ask({ headers: bearer(token) });
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

    it('lets the shop read data, without cookies', async () => {
      const response = await ask({ headers: bearer() });
      assertReadable(response);
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
    });

    const strangers = [
      'https://evil.example.com',
      'null',
      `${shop}.evil.example.com`,
      'http://shop.example.com',
    ];
    for (const origin of [...strangers, `${shop}:8443`]) {
      it(`refuses ${origin} with 403, before it looks at the token, and allows it nothing`, async () => {
        for (const headers of [bearer(), {}]) {
          const response = await ask({ headers, origin });
          await assertProblem(response, 403, 'origin_not_allowed');
          assert.equal(response.headers.get('access-control-allow-origin'), null);
          assert.equal(response.headers.get('vary'), 'Origin');
        }
        const headers = { 'Access-Control-Request-Method': 'GET' };
        const preflight = await ask({ method: 'OPTIONS', headers, origin });
        assert.equal(preflight.status, 403);
        assert.equal(preflight.headers.get('access-control-allow-origin'), null);
      });
    }

    it('answers a caller without origin, which is no browser page, without CORS', async () => {
      const response = await ask({ headers: bearer(), origin: null });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.equal(response.headers.get('vary'), 'Origin');
    });

    it('answers a preflight with all that the widget sends, for two hours', async () => {
      const response = await ask({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'POST' } });
      assert.equal(response.status, 204);
      assertReadable(response);
      assert.equal(response.headers.get('access-control-allow-methods'), 'GET, POST');
      assert.equal(
        response.headers.get('access-control-allow-headers'),
        'Authorization, Content-Type, Idempotency-Key, X-Current-Customer',
      );
      assert.equal(response.headers.get('access-control-max-age'), '7200');
    });

    it('does not allow a method that it has not, however the preflight asks', async () => {
      const headers = { 'Access-Control-Request-Method': 'DELETE' };
      const response = await ask({ method: 'OPTIONS', headers });
      assert.equal(response.headers.get('access-control-allow-methods'), 'GET, POST');
    });

    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      it(`refuses ${method} with 405, readable for the shop`, async () => {
        const response = await ask({ method, headers: bearer() });
        await assertProblem(response, 405, 'method_not_allowed');
        assert.equal(response.headers.get('allow'), 'GET, POST, OPTIONS');
      });
    }
  });
});

describe('the time limit of createExchange', () => {
  let signal: AbortSignal | undefined;
  const { ask } = useBackend({
    timeLimit: 20,
    load: (_, context) => {
      ({ signal } = context);
      return new Promise(() => undefined);
    },
  });

  it('answers 504 and aborts a load that does not come back', async () => {
    await assertProblem(await ask({ headers: bearer() }), 504, 'time_limit_exceeded');
    assert.equal(signal?.aborted, true);
  });
});

describe('the signal of createExchange', () => {
  const start = (load: ExchangeOptions['load'], timeLimit = 10_000) =>
    createExchange({ apps: [app], storeHashes: [app.storeHash], allowedOrigins: [], load, timeLimit });

  it('is aborted when it is asked for after the time limit', async () => {
    const { promise: asked, resolve: tell } = deferred<AbortSignal>();
    const { promise: over, resolve: end } = deferred<undefined>();
    const exchange = start(async (_, context) => {
      await over;
      tell(context.signal);
    }, 10);
    assert.equal((await exchange(new Request('http://localhost/', { headers: bearer() }))).status, 504);
    end(undefined);
    assert.equal((await asked).aborted, true);
  });

  it('is aborted when the browser had gone before loading began', async () => {
    let wasAborted: boolean | undefined;
    const exchange = start((_, { signal }) => {
      wasAborted = signal.aborted;
    });
    await exchange(new Request('http://localhost/', { headers: bearer(), signal: AbortSignal.abort() }));
    assert.equal(wasAborted, true);
  });
});

describe('the hooks of createExchange', () => {
  const entries: ExchangeLogEntry[] = [];
  const errors: unknown[] = [];
  let load: ExchangeOptions['load'] = () => ({});
  const { ask } = useBackend({
    load: (customer, context) => load(customer, context),
    log(entry) {
      entries.push(entry);
      throw new Error('a log that is full');
    },
    onError(error) {
      errors.push(error);
      throw new Error('a tracker that is down');
    },
  });
  const logged = async (request: Parameters<typeof ask>[0]) => {
    entries.length = 0;
    await ask(request);
    return entries;
  };

  it('say whose data was answered, by store and id', async () => {
    load = () => ({});
    const entry = { status: 200, storeHash: app.storeHash, customerId: 1 };
    assert.deepEqual(await logged({ headers: bearer() }), [entry]);
  });

  it('say why a token was refused', async () => {
    const token = forge({ payload: { ...honestClaims(now()), operation: 'customer_login' } });
    const entry = { status: 401, code: 'token_invalid', reason: 'operation_mismatch' };
    assert.deepEqual(await logged({ headers: bearer(token) }), [entry]);
  });

  it('are silent about good preflights, not about refused ones', async () => {
    assert.deepEqual(await logged({ method: 'OPTIONS' }), []);
    const entry = { status: 403, code: 'origin_not_allowed' };
    assert.deepEqual(await logged({ method: 'OPTIONS', origin: 'https://evil.example.com' }), [entry]);
  });

  it('get what load threw, and only that', async () => {
    const fault = new Error('no database');
    load = () => {
      throw fault;
    };
    const entry = { status: 500, code: 'load_failed', storeHash: app.storeHash, customerId: 1 };
    assert.deepEqual(await logged({ headers: bearer() }), [entry]);
    await ask();
    assert.deepEqual(errors, [fault]);
  });

  it('never see a token or an e-mail address, whatever is sent', async () => {
    load = () => ({});
    const said: unknown[] = [];
    for (const { token } of attackMatrix()) {
      if (/\s|[^ -~]/.test(token)) continue;
      said.push(...(await logged({ headers: bearer(token) })));
    }
    const text = JSON.stringify(said);
    assert.ok(said.length > 60);
    assert.ok(!text.includes('eyJ') && !text.includes('@'));
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
    assert.throws(start({ apps: [{ ...app, clientSecret: 'short' }] }), /shorter than 16 characters/);
  });
});
