import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { serve, type ServerType } from '@hono/node-server';
import {
  createManagementApi,
  ManagementApiError,
  type ManagementApiOptions,
} from '../../src/server/index.js';
import { createManagementRoutes, type ManagementOptions } from '../../src/emulator/management/index.js';
import { Hono, type MiddlewareHandler } from 'hono';

const storeHash = 'demo123';
const accessToken = 'management-token-of-the-test';

describe('createManagementApi, against the emulated store', () => {
  const store = useStore();
  const api = () => createManagementApi({ storeHash, accessToken, baseUrl: store.url });

  it('returns what a customer bought, newest first, without what was cancelled', async () => {
    const purchases = await api().recentPurchases(1);
    assert.deepEqual(
      purchases.map(({ orderId, productId }) => [orderId, productId]),
      [
        [1007, 106],
        [1007, 101],
        [1002, 105],
        [1001, 101],
      ],
    );
    assert.deepEqual(purchases[0], {
      orderId: 1007,
      orderedAt: '2026-10-05T14:20:00.000Z',
      productId: 106,
      name: 'Tea sampler',
      sku: 'SKU-106',
      quantity: 1,
      price: '21.0000',
      currency: 'USD',
    });
  });

  it('returns nothing for a customer without orders, which the API says with 204', async () => {
    assert.deepEqual(await api().recentPurchases(3), []);
    assert.deepEqual(store.answers, [204]);
  });

  it('asks for no more orders than it needs', async () => {
    assert.deepEqual(
      (await api().recentPurchases(2, { limit: 1 })).map(({ productId }) => productId),
      [103],
    );
    assert.deepEqual(store.requests, [
      'GET /stores/demo123/v2/orders?customer_id=2&sort=date_created%3Adesc&limit=1&page=1',
      'GET /stores/demo123/v2/orders/1005/products',
    ]);
  });

  it('goes on to the next page when cancelled orders leave the list short', async () => {
    const purchases = await api().recentPurchases(1, { limit: 3 });
    assert.deepEqual(
      purchases.map(({ productId }) => productId),
      [106, 101, 105],
    );
  });

  it('does not ask for the products of orders that the list has no room for', async () => {
    const orders = Array.from({ length: 20 }, (_, index) => order(2000 + index, index));
    const other = await startStore({ orders });
    const api = createManagementApi({ storeHash, accessToken, baseUrl: other.url });
    assert.equal((await api.recentPurchases(1, { limit: 20 })).length, 20);
    // Two products in each order: ten orders fill the list, and they are asked for three at a time.
    assert.equal(other.requests.length, 1 + 12);
    await other.close();
  });

  for (const id of [0, -1, 1.5, NaN, '1' as unknown as number]) {
    it(`never asks for customer ${String(id)}, and says why`, async () => {
      const methods = [
        () => api().recentPurchases(id),
        () => api().customerAttributes(id),
        () => api().setCustomerAttribute(id, 'tier', 'gold'),
      ];
      for (const method of methods) await assert.rejects(method, /customerId must be a positive integer/);
      assert.deepEqual(store.requests, []);
    });
  }

  it('creates an attribute once, writes it, writes it again, and reads it', async () => {
    await api().setCustomerAttribute(1, 'tier', 'silver');
    await api().setCustomerAttribute(1, 'tier', 'gold');
    await api().setCustomerAttribute(2, 'tier', 'bronze');
    assert.equal(store.requests.filter((line) => line.startsWith('POST')).length, 1);
    assert.deepEqual(await api().customerAttributes(1), { tier: 'gold' });
    assert.deepEqual(await api().customerAttributes(2), { tier: 'bronze' });
    assert.deepEqual(await api().customerAttributes(3), {});
  });

  it('creates an attribute once when many writers meet', async () => {
    const apis = Array.from({ length: 5 }, api);
    await Promise.all(apis.map((one, index) => one.setCustomerAttribute(index + 1, 'size', `${index}`)));
    assert.deepEqual(await api().customerAttributes(5), { size: '4' });
  });

  it('refuses a value of more than 255 characters before it asks', async () => {
    await assert.rejects(api().setCustomerAttribute(1, 'note', 'x'.repeat(256)), {
      name: 'RangeError',
      message: /holds 255 characters, this value has 256/,
    });
    assert.deepEqual(store.requests, []);
    await api().setCustomerAttribute(1, 'note', 'x'.repeat(255));
  });

  it('says that the access token is refused, and does not say the token', async () => {
    const wrong = createManagementApi({ storeHash, accessToken: 'wrong-token', baseUrl: store.url });
    await assert.rejects(wrong.recentPurchases(1), (error) => {
      assert.ok(error instanceof ManagementApiError);
      assert.equal(error.code, 'unauthorized');
      assert.equal(error.status, 401);
      assert.ok(!error.message.includes('wrong-token'));
      return true;
    });
  });

  it('asks no more than three at a time', async () => {
    const other = await startStore({});
    const one = createManagementApi({ storeHash, accessToken, baseUrl: other.url });
    await Promise.all(Array.from({ length: 12 }, () => one.customerAttributes(1)));
    assert.equal(other.mostAtOnce(), 3);
    await other.close();
  });
});

describe('createManagementApi at the rate limit of the emulated store', () => {
  it('waits until the window ends, and then gets its answer', async () => {
    const store = await startStore({ requestQuota: 2, rateLimitWindow: 150 });
    const api = createManagementApi({ storeHash, accessToken, baseUrl: store.url });
    assert.equal((await api.recentPurchases(1)).length, 4);
    assert.ok(store.answers.includes(429));
    await store.close();
  });

  it('gives up at once when the window ends too late', async () => {
    const store = await startStore({ requestQuota: 0, rateLimitWindow: 30_000 });
    const api = createManagementApi({ storeHash, accessToken, baseUrl: store.url });
    await assert.rejects(api.recentPurchases(1), { code: 'rate_limited', status: 429 });
    assert.deepEqual(store.answers, [429]);
    await store.close();
  });
});

describe('createManagementApi, against a management API that is', () => {
  let answer: () => Response | Promise<Response> = () => new Response();
  let asked = 0;
  let server: ServerType;
  let url = '';
  before(async () => {
    ({ server, url } = await listen(() => {
      asked += 1;
      return answer();
    }));
  });
  beforeEach(() => (asked = 0));
  after(() => close(server));
  const purchases = (options: Partial<ManagementApiOptions> = {}, signal?: AbortSignal) =>
    createManagementApi({ storeHash, accessToken, baseUrl: url, ...options }).recentPurchases(
      1,
      signal && { signal },
    );
  const limited = (headers: Record<string, string>) => () => new Response('', { status: 429, headers });

  it('limited for ever: asks again a few times, then gives up', async () => {
    answer = limited({ 'X-Rate-Limit-Time-Reset-Ms': '20' });
    await assert.rejects(purchases({ maximumWait: 110 }), { code: 'rate_limited' });
    assert.equal(asked, 6);
  });

  it('limited with two hints: waits for the longer one', async () => {
    answer = limited({ 'X-Rate-Limit-Time-Reset-Ms': '10', 'X-Retry-After': '60' });
    await assert.rejects(purchases(), { code: 'rate_limited' });
    assert.equal(asked, 1);
    answer = limited({ 'X-Rate-Limit-Time-Reset-Ms': '60000', 'X-Retry-After': '1' });
    await assert.rejects(purchases(), { code: 'rate_limited' });
    assert.equal(asked, 2);
  });

  it('limited without a hint: waits a second, then twice as long', async () => {
    answer = limited({});
    await assert.rejects(purchases({ maximumWait: 999 }), { code: 'rate_limited' });
    assert.equal(asked, 1);
  });

  it('limited, with a browser that goes away meanwhile: stops waiting', async () => {
    const leaving = new AbortController();
    answer = () => {
      setTimeout(() => {
        leaving.abort(new Error('left'));
      }, 20);
      return limited({ 'X-Retry-After': '5' })();
    };
    await assert.rejects(purchases({}, leaving.signal), /left/);
    assert.equal(asked, 1);
  });

  it('slow: gives up after the timeout', async () => {
    answer = () => new Promise(() => undefined);
    await assert.rejects(purchases({ timeout: 30 }), { code: 'timeout', message: /within 30 ms/ });
  });

  it('slow in the middle of its answer: gives up after the timeout', async () => {
    answer = () =>
      new Response(
        new ReadableStream({
          start: (body) => {
            body.enqueue(new Uint8Array([91]));
          },
        }),
      );
    await assert.rejects(purchases({ timeout: 60 }), { code: 'timeout' });
  });

  it('out of order: says so, with the status', async () => {
    answer = () => new Response('<h1>Oops</h1>', { status: 503 });
    await assert.rejects(purchases(), { code: 'unavailable', status: 503 });
    assert.equal(asked, 1);
  });

  it('not there', async () => {
    await assert.rejects(purchases({ baseUrl: 'http://127.0.0.1:1' }), {
      code: 'unavailable',
      status: undefined,
    });
  });

  it('sending HTML, or JSON of another form', async () => {
    answer = () => new Response('<html>');
    await assert.rejects(purchases(), { code: 'invalid_response' });
    answer = () => Response.json({ orders: [] });
    await assert.rejects(purchases(), { code: 'invalid_response' });
  });

  it('silent about the attribute that it made: does not guess its id', async () => {
    answer = () => Response.json({ data: [], meta: { pagination: { total_pages: 1 } } });
    const api = createManagementApi({ storeHash, accessToken, baseUrl: url });
    await assert.rejects(api.setCustomerAttribute(1, 'tier', 'gold'), { code: 'invalid_response' });
    assert.equal(asked, 2);
  });

  it('redirecting: does not take the access token elsewhere', async () => {
    answer = () => new Response(null, { status: 302, headers: { Location: 'http://127.0.0.1:1/' } });
    await assert.rejects(purchases(), { code: 'rejected', status: 302 });
    assert.equal(asked, 1);
  });

  it('refusing the request: says the status and nothing of the answer', async () => {
    answer = () => Response.json([{ status: 400, message: 'ada@example.com' }], { status: 400 });
    await assert.rejects(purchases(), { code: 'rejected', message: 'The management API answered 400.' });
  });
});

describe('createManagementApi refuses to start', () => {
  it('without a store or an access token', () => {
    assert.throws(() => createManagementApi({ storeHash: '', accessToken }), /storeHash must be/);
    assert.throws(() => createManagementApi({ storeHash: '../other', accessToken }), /storeHash must be/);
    assert.throws(() => createManagementApi({ storeHash, accessToken: '' }), /accessToken is missing/);
  });
});

interface StoreUnderTest {
  url: string;
  /** What was asked, as `GET /path`. */
  requests: string[];
  answers: number[];
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** A fresh store for each test. */
function useStore(): Pick<StoreUnderTest, 'url' | 'requests' | 'answers'> {
  let current: StoreUnderTest | undefined;
  const get = () => current ?? assert.fail('no store yet');
  before(async () => {
    current = await startStore({});
  });
  beforeEach(() => {
    get().requests.length = 0;
    get().answers.length = 0;
  });
  after(() => get().close());
  return {
    get url() {
      return get().url;
    },
    get requests() {
      return get().requests;
    },
    get answers() {
      return get().answers;
    },
  };
}

async function startStore(options: Partial<ManagementOptions>): Promise<StoreUnderTest> {
  const requests: string[] = [];
  const answers: number[] = [];
  let now = 0;
  let most = 0;
  const watch: MiddlewareHandler = async (context, next) => {
    requests.push(`${context.req.method} ${context.req.url.replace(/^https?:\/\/[^/]+/, '')}`);
    most = Math.max(most, (now += 1));
    // Long enough for requests that are under way to meet.
    await new Promise((resume) => setTimeout(resume, 5));
    await next();
    now -= 1;
    answers.push(context.res.status);
  };
  const app = new Hono();
  app.use(watch);
  app.route('/stores', createManagementRoutes({ storeHash, accessToken, ...options }));
  const { server, url } = await listen(app.fetch);
  return { url, requests, answers, mostAtOnce: () => most, close: () => close(server) };
}

function order(id: number, day: number) {
  const createdAt = new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
  return { id, customerId: 1, createdAt, statusId: 10, productIds: [101, 102] };
}

async function listen(fetch: (request: Request) => Response | Promise<Response>) {
  const server = serve({ fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function close(server: ServerType): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}
