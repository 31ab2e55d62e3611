import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, SignJWT } from 'jose';
import { createEmulator, sampleStore } from '../../src/emulator/index.js';
import { createManagementApi, signCurrentCustomer, signCustomerLogin } from '../../src/server/index.js';
import { visitorOf } from './visitor.js';

const app = { ...sampleStore.apps[0]!, storeHash: sampleStore.storeHash };
const createStore = () => createEmulator({ themeDir: 'example-theme' });
const now = () => Math.floor(Date.now() / 1000);

async function enter(token: string, store = createStore(), visitor = visitorOf(store)) {
  const response = await visitor.get(`/login/token/${token}`);
  const identity = await visitor.get(`/customer/current.jwt?app_client_id=${app.clientId}`);
  const customer =
    identity.status === 200 ? decodeJwt<Identity>(await identity.text()).customer.id : undefined;
  return { response, customer };
}

interface Identity {
  customer: { id: number };
}

describe('/login/token/{jwt} of the emulated store', () => {
  it('signs the customer in and leads to their account', async () => {
    const { response, customer } = await enter(await signCustomerLogin({ id: 2 }, app));
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), '/account.php');
    assert.equal(customer, 2);
  });

  it('leads where the token says', async () => {
    const { response } = await enter(
      await signCustomerLogin({ id: 2 }, { ...app, redirectTo: '/products.php?productId=101' }),
    );
    assert.equal(response.headers.get('location'), '/products.php?productId=101');
  });

  it('takes a token once', async () => {
    const store = createStore();
    const token = await signCustomerLogin({ id: 1 }, app);
    assert.equal((await enter(token, store)).customer, 1);
    const again = await enter(token, store);
    assert.equal(again.customer, undefined);
    assert.equal(again.response.status, 200);
    assert.match(await again.response.text(), /could not sign you in/);
  });

  it('ends the session of who was signed in before', async () => {
    const store = createStore();
    const visitor = visitorOf(store);
    await visitor.signIn('ada@example.com');
    assert.equal((await enter(await signCustomerLogin({ id: 2 }, app), store, visitor)).customer, 2);
  });

  const forged: [name: string, token: () => Promise<string>][] = [
    ['31 seconds old', () => signCustomerLogin({ id: 1 }, { ...app, issuedAt: now() - 31 })],
    ['from the future', () => signCustomerLogin({ id: 1 }, { ...app, issuedAt: now() + 60 })],
    ['for another store', () => signCustomerLogin({ id: 1 }, { ...app, storeHash: 'other99' })],
    ['for a customer who does not exist', () => signCustomerLogin({ id: 99 }, app)],
    [
      'of an app that the store does not know',
      () => signCustomerLogin({ id: 1 }, { ...app, clientId: 'unknown' }),
    ],
    [
      'signed with another secret',
      () => signCustomerLogin({ id: 1 }, { ...app, clientSecret: 'x'.repeat(40) }),
    ],
    [
      'a Current Customer token',
      () => signCurrentCustomer({ id: 1, email: 'ada@example.com' }, { ...app, algorithm: 'HS256' }),
    ],
    [
      'a Current Customer token that names the app as issuer',
      () =>
        signCurrentCustomer(
          { id: 1, email: 'ada@example.com' },
          { ...app, algorithm: 'HS256', issuer: app.clientId },
        ),
    ],
    ['signed with HS512', () => sign({}, 'HS512')],
    ['without jti', () => sign({ jti: undefined })],
    ['without iat', () => sign({ iat: undefined })],
    ['no token at all', () => Promise.resolve('x.y.z')],
  ];
  for (const [name, token] of forged) {
    it(`refuses a token that is ${name}`, async () => {
      assert.equal((await enter(await token())).customer, undefined);
    });
  }

  it('takes the token that these are made from, as a control', async () => {
    assert.equal((await enter(await sign({}))).customer, 1);
  });

  it('never leads to another site', async () => {
    for (const redirectTo of ['https://evil.example.com', '//evil.example.com', '/\\evil.example.com']) {
      const { response } = await enter(await sign({ redirect_to: redirectTo }));
      assert.equal(response.headers.get('location'), '/account.php', redirectTo);
    }
  });
});

describe('/stores/{hash} of the emulated store', () => {
  it('answers the management API to who has its access token', async (context) => {
    const store = createStore();
    context.mock.method(globalThis, 'fetch', (url: URL, init: RequestInit) =>
      store.fetch(new Request(url, init)),
    );
    const api = (accessToken: string) =>
      createManagementApi({ storeHash: app.storeHash, accessToken, baseUrl: 'http://localhost:4000' });
    assert.equal((await api(sampleStore.accessToken).recentPurchases(2)).length, 2);
    await assert.rejects(api('wrong').recentPurchases(2), { code: 'unauthorized' });
  });
});

/** A good token with some claims changed; `undefined` removes one. */
function sign(changes: Record<string, unknown>, alg = 'HS256'): Promise<string> {
  const claims = {
    iss: app.clientId,
    iat: now(),
    jti: crypto.randomUUID(),
    operation: 'customer_login',
    store_hash: app.storeHash,
    customer_id: 1,
    ...changes,
  };
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(app.clientSecret));
}
