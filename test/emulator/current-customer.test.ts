import assert from 'node:assert/strict';
import { before, mock, suite, test } from 'node:test';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { createEmulator, sampleStore, type Emulator } from '../../src/emulator/index.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { visitorOf } from './visitor.js';

const [app] = sampleStore.apps;
const OTHER_APP = { clientId: 'other-app', clientSecret: 'another-synthetic-secret-'.repeat(3) };
const tokenPath = (clientId: string) => `/customer/current.jwt?app_client_id=${clientId}`;
const key = (secret: string) => new TextEncoder().encode(secret);

suite('/customer/current.jwt', () => {
  let themeDir: string;
  let store: Emulator;
  before(async () => {
    themeDir = await temporaryTheme();
    store = createEmulator({ themeDir, apps: [app!, OTHER_APP] });
  });
  const signedIn = async (email = 'ada@example.com', at = store) => {
    const visitor = visitorOf(at);
    await visitor.signIn(email);
    return visitor;
  };

  test("is signed with HS512 and the app's secret, and holds what a store's token holds", async () => {
    const response = await (await signedIn()).get(tokenPath(app!.clientId));
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const token = await response.text();
    assert.deepEqual(decodeProtectedHeader(token), { typ: 'JWT', alg: 'HS512' });
    const { payload } = await jwtVerify(token, key(app!.clientSecret), {
      algorithms: ['HS512'],
      audience: app!.clientId,
      issuer: 'bc/apps',
      subject: sampleStore.storeHash,
    });
    assert.deepEqual(payload.customer, { id: 1, email: 'ada@example.com', group_id: '2' });
    assert.equal(payload.operation, 'current_customer');
    assert.equal(payload.store_hash, sampleStore.storeHash);
    assert.equal(payload.application_id, app!.clientId);
    assert.equal(payload.exp! - payload.iat!, 900);
    await assert.rejects(jwtVerify(token, key(OTHER_APP.clientSecret)), /signature verification failed/);
  });

  test('is signed with HS256 on request', async () => {
    const legacy = createEmulator({ themeDir, algorithm: 'HS256' });
    const token = await (await (await signedIn(undefined, legacy)).get(tokenPath(app!.clientId))).text();
    assert.equal(decodeProtectedHeader(token).alg, 'HS256');
    await jwtVerify(token, key(app!.clientSecret), { algorithms: ['HS256'] });
  });

  test('is bare text for */* and an object for whoever accepts JSON', async () => {
    const visitor = await signedIn();
    const text = await visitor.get(tokenPath(app!.clientId), { accept: '*/*' });
    assert.match(text.headers.get('content-type')!, /^text\/plain/);
    const token = await text.text();
    assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    const json = await visitor.get(tokenPath(app!.clientId), { accept: 'application/json, text/plain, */*' });
    assert.match(json.headers.get('content-type')!, /^application\/json/);
    assert.deepEqual(await json.json(), { token });
  });

  test('stays the same for a customer and an app, in every session, until it expires', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) });
    try {
      const fresh = createEmulator({ themeDir });
      const [first, second] = [await signedIn(undefined, fresh), await signedIn(undefined, fresh)];
      const ask = async (visitor = first) => (await visitor.get(tokenPath(app!.clientId))).text();
      const token = await ask();
      mock.timers.tick(899_000);
      assert.equal(await ask(), token);
      assert.equal(await ask(second), token);
      mock.timers.tick(1_000);
      const next = await ask();
      assert.notEqual(next, token);
      assert.equal(await ask(second), next);
    } finally {
      mock.timers.reset();
    }
  });

  test('differs between customers and between apps', async () => {
    const [ada, grace] = [await signedIn(), await signedIn('grace@example.com')];
    const tokens = await Promise.all([
      (await ada.get(tokenPath(app!.clientId))).text(),
      (await grace.get(tokenPath(app!.clientId))).text(),
      (await ada.get(tokenPath(OTHER_APP.clientId))).text(),
    ]);
    assert.equal(new Set(tokens).size, 3);
    await jwtVerify(tokens[2], key(OTHER_APP.clientSecret), { audience: OTHER_APP.clientId });
  });

  test('is a 404 with errors for a guest, and after sign-out', async () => {
    const visitor = await signedIn();
    await visitor.get('/login.php?action=logout');
    for (const guest of [visitorOf(store), visitor]) {
      const response = await guest.get(tokenPath(app!.clientId));
      assert.equal(response.status, 404);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.ok(Array.isArray(((await response.json()) as { errors: unknown }).errors));
    }
  });

  test('is a 404 with errors for an app that the store does not know, and without one', async () => {
    const visitor = await signedIn();
    for (const path of [tokenPath('unknown'), '/customer/current.jwt']) {
      const response = await visitor.get(path);
      assert.equal(response.status, 404);
      assert.ok(Array.isArray(((await response.json()) as { errors: unknown }).errors));
    }
  });
});
