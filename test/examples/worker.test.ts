import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createManagementRoutes } from 'bc-customer-widget/emulator';
import { Hono } from 'hono';
import type { Miniflare } from 'miniflare';
import { listen, type RunningBackend } from '../../examples/listen.js';
import { createRecentPurchases } from '../../examples/recent-purchases/exchange.js';
import { startWorker } from '../../examples/worker/run.js';
import { app, attackMatrix, forge, honestClaims } from '../server/attack-matrix.js';

const shop = 'https://shop.example.com';
const accessToken = 'management-token-of-the-test';

describe('the Worker example, in workerd', () => {
  let store: RunningBackend;
  let node: RunningBackend;
  let worker: Miniflare;
  let workerUrl = '';

  before(async () => {
    const routes = new Hono();
    routes.route(
      '/stores',
      createManagementRoutes({ storeHash: app.storeHash, accessToken, requestQuota: 9999 }),
    );
    store = await listen(routes.fetch, 0);
    const apiUrl = store.url.replace('localhost', '127.0.0.1');
    node = await listen(createRecentPurchases({ ...app, accessToken, allowedOrigins: shop, apiUrl }), 0);
    worker = await startWorker(
      {
        CLIENT_ID: app.clientId,
        CLIENT_SECRET: app.clientSecret,
        STORE_HASH: app.storeHash,
        ACCESS_TOKEN: accessToken,
        ALLOWED_ORIGINS: shop,
        API_URL: apiUrl,
      },
      0,
    );
    workerUrl = String(await worker.ready);
  });
  after(async () => {
    await worker.dispose();
    await node.close();
    await store.close();
  });

  /** Status, body and the headers that the contract names. */
  const ask = async (url: string, init: RequestInit) => {
    // A server that refuses a body before its end closes the connection, which the next request may be the first to see.
    const response = await fetch(url, init).catch(() => fetch(url, init));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const headers = [
      'content-type',
      'cache-control',
      'access-control-allow-origin',
      'vary',
      'www-authenticate',
    ];
    return { status: response.status, body, headers: headers.map((name) => response.headers.get(name)) };
  };
  const both = async (init: RequestInit) => [await ask(workerUrl, init), await ask(node.url, init)] as const;

  it('answers every token of the attack matrix as Node does, byte for byte', async () => {
    const statuses = new Set<number>();
    for (const { name, token, verdict } of attackMatrix()) {
      const [fromWorker, fromNode] = await both({
        method: 'POST',
        headers: { Origin: shop, 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      assert.deepEqual(fromWorker, fromNode, name);
      assert.equal(fromWorker.status === 200, verdict === 'accept', name);
      statuses.add(fromWorker.status);
    }
    assert.deepEqual([...statuses].sort(), [200, 401]);
  });

  it('answers every transport, and its misuse, as Node does', async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = forge({ payload: honestClaims(now) });
    const requests: [name: string, status: number, init: RequestInit][] = [
      ['bearer', 200, { headers: { Origin: shop, Authorization: `Bearer ${token}` } }],
      ['a header', 200, { headers: { Origin: shop, 'X-Current-Customer': token } }],
      ['a form', 200, { method: 'POST', headers: { Origin: shop }, body: new URLSearchParams({ token }) }],
      [
        'plain text',
        200,
        { method: 'POST', headers: { Origin: shop, 'Content-Type': 'text/plain' }, body: token },
      ],
      ['a preflight', 204, { method: 'OPTIONS', headers: { Origin: shop } }],
      ['no token', 401, { headers: { Origin: shop } }],
      [
        'another origin',
        403,
        { headers: { Origin: 'https://evil.example.com', Authorization: `Bearer ${token}` } },
      ],
      ['two tokens', 400, { headers: { Authorization: `Bearer ${token}`, 'X-Current-Customer': token } }],
      [
        'a gigantic body',
        413,
        { method: 'POST', body: new URLSearchParams({ token, more: 'x'.repeat(20_000) }) },
      ],
      ['another method', 405, { method: 'DELETE', headers: { Origin: shop } }],
    ];
    for (const [name, status, init] of requests) {
      const [fromWorker, fromNode] = await both(init);
      assert.deepEqual(fromWorker, fromNode, name);
      assert.equal(fromWorker.status, status, name);
    }
  });

  it("shows the customer's purchases from the management API", async () => {
    const token = forge({ payload: honestClaims(Math.floor(Date.now() / 1000)) });
    const response = await fetch(workerUrl, { headers: { Authorization: `Bearer ${token}` } });
    assert.deepEqual(await response.json(), {
      items: [
        { title: 'Tea sampler', href: '/products.php?productId=106', meta: 'Oct 5, 2026 · $21.00' },
        { title: 'Stoneware mug', href: '/products.php?productId=101', meta: 'Oct 5, 2026 · $18.00' },
        { title: 'Wool blanket', href: '/products.php?productId=105', meta: 'Jun 18, 2026 · $89.00' },
      ],
    });
  });
});

describe('the recent-purchases example, when the management API', () => {
  const answers: [name: string, answer: () => Response | Promise<Response>, status: number][] = [
    ['has no orders', () => new Response(null, { status: 204 }), 204],
    ['refuses the access token', () => new Response('', { status: 401 }), 500],
    ['is out of order', () => new Response('', { status: 503 }), 500],
    [
      'is limited for longer than a shopper waits',
      () => new Response('', { status: 429, headers: { 'X-Retry-After': '60' } }),
      503,
    ],
  ];
  for (const [name, answer, status] of answers) {
    it(`${name}: ${status}`, async (context) => {
      const told = context.mock.method(console, 'error', () => undefined);
      const api = await listen(() => answer(), 0);
      const exchange = createRecentPurchases({ ...app, accessToken, allowedOrigins: shop, apiUrl: api.url });
      const token = forge({ payload: honestClaims(Math.floor(Date.now() / 1000)) });
      const request = new Request('http://localhost/', { headers: { Authorization: `Bearer ${token}` } });
      assert.equal((await exchange(request)).status, status);
      assert.equal(told.mock.callCount(), status === 500 ? 1 : 0);
      await api.close();
    });
  }
});
