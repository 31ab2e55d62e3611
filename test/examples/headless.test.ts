// The headless shop in a real browser: its own session, its own issuer, the element, and the client without it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sampleStore } from 'bc-customer-widget/emulator';
import { signCurrentCustomer } from 'bc-customer-widget/server';
import { decodeJwt } from 'jose';
import type { Browser } from 'puppeteer-core';
import { startHeadless } from '../../examples/headless/server.js';
import { launchBrowser, visit } from '../support/storefront.js';

const { storeHash, apps } = sampleStore;
const [app] = apps;
const issuer = {
  issuer: 'https://shop.example.com',
  audience: 'headless-shop',
  secret: randomBytes(64).toString('base64url'),
};
let shop: Awaited<ReturnType<typeof startHeadless>>;
let browser: Browser;

before(async () => {
  shop = await startHeadless({ port: 0, storeHash, apps, issuer });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await shop.close();
});

const signIn = (email: string, password = 'demo') =>
  fetch(`${shop.url}/api/sign-in`, { method: 'POST', body: new URLSearchParams({ email, password }) });
const tokenFor = async (cookie = '') => {
  const response = await fetch(`${shop.url}/api/customer-token`, { headers: { cookie } });
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return ((await response.json()) as { token: string | null }).token;
};
const rewards = (token: string) =>
  fetch(`${shop.url}/rewards`, { headers: { authorization: `Bearer ${token}` } });

describe('the headless shop', () => {
  it('shows the rewards after sign-in and takes them away at sign-out, without a new page', async () => {
    const { page, complaints, close } = await visit(browser);
    await page.goto(shop.url);
    await page.waitForSelector('bc-customer-widget[state=guest]');
    await page.waitForSelector('#sign-in:not([hidden])');

    await page.type('[name=email]', 'ada@example.com');
    await page.type('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForSelector('bc-customer-widget[state=ready]');
    const points = await page.waitForFunction(() => /\d+ points/.exec(document.body.textContent)?.[0]);
    const shown = await page.$eval('bc-customer-widget', ({ shadowRoot }) =>
      shadowRoot?.textContent.replace(/\D/g, ''),
    );
    assert.ok(shown?.includes(((await points.jsonValue()) ?? '').replace(/\D/g, '')), 'both tell the same');

    await page.click('#sign-out');
    await page.waitForSelector('bc-customer-widget[state=guest]');
    assert.equal(await page.$eval('#points', ({ textContent }) => textContent), '');
    assert.equal(await page.$eval('bc-customer-widget', (element) => element.data), undefined);
    assert.deepEqual(complaints, []);
    await close();
  });

  it('says so when the password is wrong', async () => {
    assert.equal((await signIn('ada@example.com', 'wrong')).status, 401);
  });

  it('makes a token of its own issuer that lives two minutes, for its session only', async () => {
    const response = await signIn('grace@example.com');
    const cookie = response.headers.get('set-cookie') ?? '';
    assert.match(cookie, /HttpOnly; SameSite=Lax/);
    assert.equal(await tokenFor(), null);
    const token = await tokenFor(cookie.split(';')[0]);
    assert.ok(token);
    const { iss, aud, iat = 0, exp = 0, operation } = decodeJwt(token);
    assert.deepEqual(
      { iss, aud, operation },
      { iss: issuer.issuer, aud: issuer.audience, operation: 'current_customer' },
    );
    assert.equal(exp - iat, 120);
    assert.equal((await rewards(token)).status, 200);
  });

  it('has a backend that trusts BigCommerce’s issuer too, and each only with its own secret', async () => {
    assert.ok(app);
    const customer = { id: 1, email: 'ada@example.com' };
    const platform = await signCurrentCustomer(customer, { ...app, storeHash });
    assert.equal((await rewards(platform)).status, 200);
    const own = { storeHash, issuer: issuer.issuer, clientId: issuer.audience };
    const mixed = await signCurrentCustomer(customer, { ...own, clientSecret: app.clientSecret });
    assert.equal((await rewards(mixed)).status, 401);
    const forged = await signCurrentCustomer(customer, { ...app, storeHash, clientSecret: issuer.secret });
    assert.equal((await rewards(forged)).status, 401);
  });
});
