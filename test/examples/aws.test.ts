import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { CustomerContext } from 'bc-customer-widget/aws';
import { createManagementRoutes } from 'bc-customer-widget/emulator';
import { createManagementApi } from 'bc-customer-widget/server';
import { Hono } from 'hono';
import type { ProxyResult } from '../../examples/aws/attribute.js';
import { listen, type RunningBackend } from '../../examples/listen.js';
import { app, forge, honestClaims } from '../server/attack-matrix.js';

const accessToken = 'management-token-of-the-test';
const shop = 'https://shop.example.com';
const now = () => Math.floor(Date.now() / 1000);

describe('the AWS example', () => {
  let store: RunningBackend;
  let isDown = false;
  let authorize: typeof import('../../examples/aws/authorizer.js').handler;
  let write: typeof import('../../examples/aws/attribute.js').handler;

  before(async () => {
    const routes = new Hono();
    routes.use(async (context, next) => (isDown ? context.text('', 503) : next()));
    routes.route('/stores', createManagementRoutes({ storeHash: app.storeHash, accessToken }));
    store = await listen(routes.fetch, 0);
    // As the template sets them.
    Object.assign(process.env, {
      CLIENT_ID: app.clientId,
      CLIENT_SECRET: app.clientSecret,
      STORE_HASH: app.storeHash,
      ACCESS_TOKEN: accessToken,
      ATTRIBUTE_NAME: 'Favourite colour',
      ALLOWED_ORIGIN: shop,
      API_URL: store.url,
    });
    ({ handler: authorize } = await import('../../examples/aws/authorizer.js'));
    ({ handler: write } = await import('../../examples/aws/attribute.js'));
  });
  beforeEach(() => {
    isDown = false;
  });
  after(() => store.close());

  /** What API Gateway does: the authorizer first, then the integration with its context. */
  async function put(body: string | null, claims: object = {}): Promise<ProxyResult> {
    const token = forge({ payload: { ...honestClaims(now()), ...claims } });
    const methodArn = 'arn:aws:execute-api:us-east-1:123456789012:abcdef/live/PUT/attribute';
    const { context } = await authorize({ type: 'TOKEN', authorizationToken: `Bearer ${token}`, methodArn });
    const requestContext = { authorizer: context! };
    return write({ body, isBase64Encoded: false, requestContext });
  }
  const attributesOf = (customerId: number) =>
    createManagementApi({ storeHash: app.storeHash, accessToken, baseUrl: store.url }).customerAttributes(
      customerId,
    );

  it('writes the attribute of the customer in the token, whatever the body says', async () => {
    const result = await put(JSON.stringify({ value: 'green', customerId: 2 }));
    assert.equal(result.statusCode, 200);
    assert.equal(result.headers['Access-Control-Allow-Origin'], shop);
    assert.equal(result.headers['Cache-Control'], 'no-store');
    assert.deepEqual(await attributesOf(1), { 'Favourite colour': 'green' });
    assert.deepEqual(await attributesOf(2), {});
  });

  it('takes a body that API Gateway has encoded', async () => {
    const body = Buffer.from('{"value":"blue"}').toString('base64');
    const requestContext = { authorizer: { customerId: '3' } as CustomerContext };
    await write({ body, isBase64Encoded: true, requestContext });
    assert.deepEqual(await attributesOf(3), { 'Favourite colour': 'blue' });
  });

  it('lets nobody through who brings no good token', async () => {
    await assert.rejects(put('{}', { operation: 'customer_login' }), /^Error: Unauthorized$/);
  });

  for (const body of [null, '', '{', '"green"', '{"value":5}', 'null']) {
    it(`refuses the body ${String(body)}`, async () => {
      assert.equal((await put(body)).statusCode, 400);
    });
  }

  it('says that a value is too long', async () => {
    const result = await put(JSON.stringify({ value: 'x'.repeat(256) }));
    assert.equal(result.statusCode, 422);
    assert.match(result.body, /255 characters/);
  });

  it('answers when the management API is down, and logs a code only', async (context) => {
    const told = context.mock.method(console, 'error', () => undefined);
    isDown = true;
    assert.equal((await put('{"value":"secret wish"}')).statusCode, 502);
    assert.deepEqual(
      told.mock.calls.map((call) => call.arguments),
      [['The attribute could not be written:', 'unavailable']],
    );
  });
});

describe('the SAM template', () => {
  it('does not cache, lets preflights through, and puts CORS on what API Gateway answers itself', async () => {
    const template = await readFile(new URL('../../examples/aws/template.yaml', import.meta.url), 'utf8');
    assert.match(template, /ReauthorizeEvery: 0\n/);
    assert.match(template, /AddDefaultAuthorizerToCorsPreflight: false\n/);
    for (const response of ['DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED']) {
      const headers = template.slice(template.indexOf(`${response}:`)).split(/^ {8}[A-Z]/m)[0] ?? '';
      assert.match(headers, /Access-Control-Allow-Origin/, response);
      assert.match(headers, /no-store/, response);
    }
    assert.equal(template.match(/NoEcho: true/g)?.length, 2);
  });
});
