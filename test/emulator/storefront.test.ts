import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { createEmulator, type Emulator } from '../../src/emulator/index.js';
import { elementOf, elementsOf } from '../theme/html.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { visitorOf } from './visitor.js';

suite('the emulated storefront', () => {
  let themeDir: string;
  let store: Emulator;
  before(async () => {
    themeDir = await temporaryTheme();
    const themeSettings = { bcw_app_client_id: 'app-1', bcw_backend_url: 'http://localhost:4001/card' };
    store = createEmulator({ themeDir, themeSettings });
  });

  test('shows the home page with the catalogue to a guest, and no widget', async () => {
    const response = await visitorOf(store).get('/');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), null);
    const names = elementsOf(await response.text());
    assert.equal(names.filter(({ name }) => name === 'article').length, 6);
    assert.equal(names.filter(({ name }) => name === 'bc-customer-widget' || name === 'script').length, 0);
  });

  test('sends a guest from the account page to the sign-in page', async () => {
    const response = await visitorOf(store).get('/account.php');
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), '/login.php');
  });

  test('signs a customer in with the form that the sign-in page shows', async () => {
    const visitor = visitorOf(store);
    const page = elementsOf(await (await visitor.get('/login.php')).text());
    const form = page.find(({ name, attributes }) => name === 'form' && attributes.method === 'post')!;
    const response = await visitor.post(form.attributes.action!, {
      login_email: 'Ada@Example.com',
      login_pass: 'demo',
    });
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), '/account.php');
    const [cookie = ''] = response.headers.getSetCookie();
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=Lax/);

    const account = await visitor.get('/account.php');
    assert.equal(account.status, 200);
    assert.equal(account.headers.get('cache-control'), 'no-store');
    const widget = elementOf(await account.text(), 'bc-customer-widget');
    assert.equal(widget.attributes['customer-id'], '1');
    assert.equal(widget.attributes['app-client-id'], 'app-1');
    assert.equal(widget.attributes['backend-url'], 'http://localhost:4001/card');
  });

  for (const [what, form] of Object.entries({
    'a wrong password': { login_email: 'ada@example.com', login_pass: 'wrong' },
    'an unknown e-mail': { login_email: 'nobody@example.com', login_pass: 'demo' },
    'an empty form': {},
  })) {
    test(`shows the sign-in page again, with a message, after ${what}`, async () => {
      const visitor = visitorOf(store);
      const response = await visitor.post('/login.php?action=check_login', form);
      assert.equal(response.status, 200);
      assert.deepEqual(response.headers.getSetCookie(), []);
      const alert = elementsOf(await response.text()).find(({ attributes }) => attributes.role === 'alert');
      assert.match(alert!.text, /incorrect/);
      assert.equal((await visitor.get('/account.php')).status, 302);
    });
  }

  test('keeps two customers in two sessions apart', async () => {
    const [ada, grace] = [visitorOf(store), visitorOf(store)];
    await ada.signIn('ada@example.com');
    await grace.signIn('grace@example.com');
    assert.notEqual(ada.cookie(), grace.cookie());
    for (const [visitor, name, other] of [
      [ada, 'Ada Lovelace', 'Grace Hopper'],
      [grace, 'Grace Hopper', 'Ada Lovelace'],
    ] as const) {
      const home = await (await visitor.get('/')).text();
      assert.ok(home.includes(name));
      assert.ok(!home.includes(other));
    }
  });

  test('gives a new session at each sign-in and ends the one before', async () => {
    const visitor = visitorOf(store);
    await visitor.signIn('ada@example.com');
    const earlier = visitor.cookie();
    await visitor.signIn('grace@example.com');
    assert.notEqual(visitor.cookie(), earlier);
    const request = new Request('http://localhost/account.php', { headers: { cookie: earlier } });
    assert.equal((await store.fetch(request)).status, 302);
  });

  test('ends the session at sign-out, also for whoever kept the cookie', async () => {
    const visitor = visitorOf(store);
    await visitor.signIn('ada@example.com');
    const kept = visitor.cookie();
    const response = await visitor.get('/login.php?action=logout');
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), '/');
    assert.equal(visitor.cookie(), '');
    const request = new Request('http://localhost/account.php', { headers: { cookie: kept } });
    assert.equal((await store.fetch(request)).status, 302);
  });

  test('shows a product with its picture', async () => {
    const visitor = visitorOf(store);
    const response = await visitor.get('/products.php?productId=104');
    assert.equal(response.status, 200);
    const html = await response.text();
    assert.equal(elementOf(html, 'h1').text, 'Desk lamp');
    const source = new URL(elementOf(html, 'img').attributes.src!);
    const picture = await visitor.get(source.pathname + source.search);
    assert.equal(picture.headers.get('content-type'), 'image/svg+xml');
    assert.match(await picture.text(), /^<svg /);
  });

  test("answers an unknown address, product or picture with the theme's 404 page", async () => {
    for (const path of [
      '/nowhere',
      '/products.php?productId=999',
      '/products.php',
      '/product_images/999.svg',
    ]) {
      const response = await visitorOf(store).get(path);
      assert.equal(response.status, 404, path);
      assert.equal(elementOf(await response.text(), 'h1').text, 'Page not found', path);
    }
  });

  test('names the picked language in the page', async () => {
    const html = await (await visitorOf(store).get('/', { 'accept-language': 'en-GB,en;q=0.8' })).text();
    assert.equal(elementOf(html, 'html').attributes.lang, 'en');
  });
});

suite('the content security policy', () => {
  test('allows scripts by a nonce that is new on every page', async () => {
    const store = createEmulator({ themeDir: await temporaryTheme() });
    const visitor = visitorOf(store);
    await visitor.signIn('ada@example.com');
    const nonces = new Set<string>();
    for (let page = 0; page < 3; page++) {
      const response = await visitor.get('/account.php');
      const policy = response.headers.get('content-security-policy')!;
      const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)![1]!;
      nonces.add(nonce);
      for (const element of elementsOf(await response.text())) {
        if (element.name === 'script' || element.name === 'style') {
          assert.equal(element.attributes.nonce, nonce);
        }
      }
      assert.ok(!policy.includes('unsafe'));
    }
    assert.equal(nonces.size, 3);
  });

  for (const [what, backend, sources] of [
    [
      "the backend's origin",
      'https://backend.example/card',
      "'self' https://backend.example wss://backend.example",
    ],
    ['nothing else for a backend on the storefront itself', '/rewards', "'self'"],
    ['nothing else for an address that would end the directive', 'x; script-src *', "'self'"],
  ] as const) {
    test(`lets the widget ask ${what}`, async () => {
      const themeSettings = { bcw_backend_url: backend };
      const store = createEmulator({ themeDir: await temporaryTheme(), themeSettings });
      const policy = (await visitorOf(store).get('/')).headers.get('content-security-policy')!;
      assert.equal(/connect-src ([^;]*);/.exec(policy)![1], sources);
      assert.ok(!policy.includes('script-src *'));
    });
  }
});
