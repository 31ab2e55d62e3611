import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManagementRoutes, type ManagementOptions } from '../../src/emulator/management/index.js';

const accessToken = 'management-token-of-the-test';

function useApi(options: Partial<ManagementOptions> = {}) {
  const routes = createManagementRoutes({ storeHash: 'demo123', accessToken, ...options });
  return (path: string, { method = 'GET', body, token = accessToken }: Ask = {}) =>
    routes.request(`/demo123${path}`, {
      method,
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
}

interface Ask {
  method?: string;
  body?: unknown;
  token?: string;
}

describe('the emulated management API', () => {
  it('asks for its access token', async () => {
    const ask = useApi();
    assert.equal((await ask('/v2/orders')).status, 200);
    assert.equal((await ask('/v2/orders', { token: 'wrong' })).status, 401);
  });

  it('knows its own store only', async () => {
    const routes = createManagementRoutes({ storeHash: 'demo123', accessToken });
    const response = await routes.request('/other99/v2/orders', { headers: { 'X-Auth-Token': accessToken } });
    assert.equal(response.status, 404);
  });

  it('sorts orders by id, oldest first, unless asked otherwise', async () => {
    const ask = useApi();
    const ids = async (query: string) =>
      ((await (await ask(`/v2/orders?${query}`)).json()) as { id: number }[]).map(({ id }) => id);
    assert.deepEqual(await ids('customer_id=2'), [1003, 1005]);
    assert.deepEqual(await ids('customer_id=2&sort=date_created:desc'), [1005, 1003]);
    assert.deepEqual(await ids('limit=2&page=2'), [1003, 1004]);
  });

  it('gives the orders of all guests to who asks for customer 0, as the platform does', async () => {
    const orders = (await (await useApi()('/v2/orders?customer_id=0')).json()) as { customer_id: number }[];
    assert.deepEqual(
      orders.map(({ customer_id: id }) => id),
      [0],
    );
  });

  it('answers 204 without a body when there are no orders', async () => {
    const response = await useApi()('/v2/orders?customer_id=3');
    assert.equal(response.status, 204);
    assert.equal(await response.text(), '');
  });

  it('writes the dates of orders as e-mails do', async () => {
    const [order] = (await (await useApi()('/v2/orders?customer_id=2')).json()) as { date_created: string }[];
    assert.equal(order?.date_created, 'Fri, 21 Aug 2026 12:00:00 +0000');
  });

  it('refuses parameters that it cannot understand, and orders that do not exist', async () => {
    const ask = useApi();
    for (const query of ['sort=price', 'limit=0', 'limit=251', 'page=x']) {
      assert.equal((await ask(`/v2/orders?${query}`)).status, 400, query);
    }
    assert.equal((await ask('/v2/orders/9/products')).status, 404);
    assert.equal((await ask('/v2/nothing')).status, 404);
  });

  it('counts requests in windows and refuses those beyond the quota', async (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
    const ask = useApi({ requestQuota: 2, rateLimitWindow: 30_000 });
    const first = await ask('/v2/orders');
    assert.equal(first.headers.get('x-rate-limit-requests-left'), '1');
    assert.equal(first.headers.get('x-rate-limit-requests-quota'), '2');
    assert.equal(first.headers.get('x-rate-limit-time-window-ms'), '30000');
    context.mock.timers.tick(10_000);
    assert.equal((await ask('/v2/orders')).status, 200);
    const third = await ask('/v2/orders');
    assert.equal(third.status, 429);
    assert.equal(third.headers.get('x-rate-limit-time-reset-ms'), '20000');
    context.mock.timers.tick(20_000);
    assert.equal((await ask('/v2/orders')).status, 200);
  });

  it('keeps attributes, their values, and the limits of both', async () => {
    const ask = useApi();
    const create = (name: string, type = 'string') =>
      ask('/v3/customers/attributes', { method: 'POST', body: [{ name, type }] });
    const write = (body: unknown) => ask('/v3/customers/attribute-values', { method: 'PUT', body });
    const value = { attribute_id: 1, customer_id: 1, value: 'gold' };

    assert.equal((await write([value])).status, 422);
    assert.equal((await create('tier')).status, 200);
    assert.equal((await create('tier')).status, 422);
    assert.equal((await create('shoe', 'colour')).status, 422);
    assert.equal((await write([value])).status, 200);
    assert.equal((await write([{ ...value, value: 'x'.repeat(256) }])).status, 422);
    assert.equal((await write([{ ...value, value: 5 }])).status, 422);
    assert.equal((await write(Array.from({ length: 11 }, () => value))).status, 422);

    const { data } = (await (await ask('/v3/customers/attribute-values?customer_id:in=1,2')).json()) as {
      data: { attribute_value: string }[];
    };
    assert.deepEqual(
      data.map((one) => one.attribute_value),
      ['gold'],
    );
    for (const query of ['customer_id:in=2', 'attribute_id:in=2', 'name=shoe']) {
      const response = await ask(`/v3/customers/attribute-values?${query}`);
      assert.deepEqual(((await response.json()) as { data: unknown[] }).data, [], query);
    }
    for (let count = 1; count < 50; count += 1)
      assert.equal((await create(`attribute ${count}`)).status, 200);
    assert.equal((await create('one too many')).status, 422);
  });
});
