// From `publish` to the shopper: the emulated store, the real backend, a real browser.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { run } from '../../src/cli/program.js';
import { sampleStore, type EmulatedApp } from '../../src/emulator/index.js';
import {
  launchBrowser,
  sendSignInForm,
  signIn,
  startStorefront,
  visit,
  type Storefront,
  type Visit,
} from '../support/storefront.js';

const ADA = 'ada@example.com';
const [{ clientId: CLIENT_ID }] = sampleStore.apps as [EmulatedApp];

let browser: Browser;
let store: Storefront;
let visitor: Visit;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());
beforeEach(async () => {
  store = await startStorefront();
  visitor = await visit(browser);
});
afterEach(async () => {
  await visitor.close();
  await store.close();
});

async function command(...args: string[]): Promise<string> {
  let [out, err] = ['', ''];
  const values = ['--app-client-id', CLIENT_ID, '--backend-url', store.backendUrl];
  const code = await run(
    ['publish', '--api-url', store.url, '--assets-url', `${store.url}/page-builder`, ...values, ...args],
    {
      write: (text) => (out += text),
      writeError: (text) => (err += text),
      env: {
        BIGCOMMERCE_STORE_HASH: sampleStore.storeHash,
        BIGCOMMERCE_ACCESS_TOKEN: sampleStore.accessToken,
      },
    },
  );
  assert.equal(code, 0, err);
  return out;
}

interface Content {
  uuid: string;
  schema: { sections: { settings: { id: string; default: string }[] }[] }[];
}

async function content(method: string, path: string, body?: object): Promise<Content & Content[]> {
  const response = await fetch(`${store.url}/stores/${sampleStore.storeHash}/v3/content${path}`, {
    method,
    headers: { 'X-Auth-Token': sampleStore.accessToken },
    body: body ? JSON.stringify(body) : null,
  });
  assert.equal(response.status, 200, await response.clone().text());
  return ((await response.json()) as { data: Content & Content[] }).data;
}

/** Drops the published widget into a region, as a merchant does, with some settings changed. */
async function drop(region: string, settings: Record<string, string> = {}, templateFile = 'pages/home') {
  const [template] = await content('GET', '/widget-templates');
  const defaults = template!.schema.flatMap((tab) => tab.sections.flatMap((section) => section.settings));
  const configuration = Object.fromEntries(defaults.map((setting) => [setting.id, setting.default]));
  const widget = await content('POST', '/widgets', {
    name: 'Customer widget',
    widget_template_uuid: template!.uuid,
    widget_configuration: { ...configuration, ...settings },
  });
  const placement = { widget_uuid: widget.uuid, region, template_file: templateFile, status: 'active' };
  await content('POST', '/placements', placement);
}

const states = () =>
  visitor.page.$$eval('bc-customer-widget', (widgets) =>
    widgets.map((widget) => widget.getAttribute('state')),
  );
const inState = (state: string, count: number) =>
  visitor.page.waitForFunction(
    (wanted, many) => document.querySelectorAll(`bc-customer-widget[state=${wanted}]`).length === many,
    {},
    state,
    count,
  );
const tokenRequests = () =>
  visitor.requests.filter((request) => request.url().includes('/current.jwt')).length;

suite('a published and placed widget', () => {
  test('shows a signed-in shopper their own data where the merchant dropped it', async () => {
    await command('--script');
    await drop('product_below_content', {}, 'pages/product');
    await signIn(visitor.page, store.url, ADA);
    await visitor.page.goto(`${store.url}/products.php?productId=101`);
    await inState('ready', 1);
    const text = await visitor.page.$eval('bc-customer-widget', (widget) => widget.shadowRoot!.textContent);
    assert.match(text, /Just for you/);
    assert.match(text, /1,240/);
    assert.deepEqual(visitor.complaints, []);
  });

  test('works three times on a page, one of them in a region that another app rewrites: one token request', async () => {
    await command('--script');
    await drop('home_below_hero');
    await drop('home_below_hero');
    await drop('home_below_featured_products');
    await signIn(visitor.page, store.url, ADA);
    await visitor.page.evaluateOnNewDocument(() => {
      document.addEventListener('DOMContentLoaded', () => {
        // BigCommerce's own subscription widget does this to a region; every element in it is made anew.
        document.querySelector('[data-content-region=home_below_hero]')!.innerHTML += '<p>Another app</p>';
      });
    });
    visitor.requests.length = 0;
    await visitor.page.goto(store.url);
    // The theme has one of its own on this page.
    await inState('ready', 4);
    assert.equal(tokenRequests(), 1);
    // What a browser writes back has no nonces: the platform's own boxes lose their style elements by it.
    assert.deepEqual(
      visitor.complaints.filter((complaint) => !complaint.includes('inline style')),
      [],
    );
  });

  test('survives being thrown away, copied and moved', async () => {
    await command('--script');
    await drop('home_below_featured_products');
    await signIn(visitor.page, store.url, ADA);
    await visitor.page.goto(store.url);
    await inState('ready', 2);
    await visitor.page.evaluate(() => {
      const box = document.querySelector('[data-widget-id]')!;
      box.after(box.cloneNode(true));
      document.querySelector('main')!.prepend(box);
      const region = document.querySelector('[data-content-region=home_below_hero]')!;
      region.innerHTML = box.outerHTML;
    });
    await inState('ready', 4);
    assert.deepEqual(visitor.complaints, []);
  });

  test('does not look for a shopper before it comes near, when the merchant chose so', async () => {
    await command('--script');
    await drop('product_below_content', { loading: 'lazy' }, 'pages/product');
    await signIn(visitor.page, store.url, ADA);
    visitor.requests.length = 0;
    await visitor.page.setViewport({ width: 400, height: 300 });
    await visitor.page.goto(`${store.url}/products.php?productId=101`, { waitUntil: 'networkidle0' });
    assert.equal(tokenRequests(), 0);
    await visitor.page.$eval('bc-customer-widget', (widget) => {
      widget.scrollIntoView();
    });
    await inState('ready', 1);
    assert.equal(tokenRequests(), 1);
  });
});

suite('on a store that runs scripts by nonce only', () => {
  const isDefined = () => visitor.page.evaluate(() => customElements.get('bc-customer-widget') !== undefined);

  // Nothing of the theme loads the bundle for a guest.
  test("a widget's own script does not run, Script Manager's does", async () => {
    await command();
    await drop('home_below_hero');
    await visitor.page.goto(store.url, { waitUntil: 'networkidle0' });
    assert.equal(await isDefined(), false);
    assert.match(visitor.complaints.join(), /Content Security Policy/);
    await command('--script');
    await visitor.page.goto(store.url);
    await inState('guest', 1);
    assert.equal(await isDefined(), true);
  });
});

suite('for a guest, a placed widget', () => {
  test('that hides takes no room', async () => {
    await command('--script');
    await drop('home_below_hero', { guest: 'hide' });
    await visitor.page.goto(store.url);
    await inState('guest', 1);
    const height = await visitor.page.$eval(
      '[data-content-region=home_below_hero]',
      (region) => region.getBoundingClientRect().height,
    );
    assert.equal(height, 0);
  });

  test('that has a message leads to the sign-in page, and back to where it stands', async () => {
    await command('--script');
    await drop('product_below_content', { signInText: 'Come in' }, 'pages/product');
    const address = `${store.url}/products.php?productId=101`;
    await visitor.page.goto(address);
    await inState('guest', 1);
    const link = await visitor.page.waitForSelector('bc-customer-widget >>> [part=sign-in]');
    assert.equal(await link!.evaluate((element) => element.textContent.trim()), 'Come in');
    await Promise.all([visitor.page.waitForNavigation(), link!.click()]);
    await Promise.all([visitor.page.waitForNavigation(), sendSignInForm(visitor.page, ADA)]);
    assert.equal(visitor.page.url(), address);
    await inState('ready', 1);
  });

  test('that lacks its settings stays silent', async () => {
    await command('--script');
    await drop('home_below_hero', { appClientId: '', backendUrl: 'javascript:alert(1)' });
    await visitor.page.goto(store.url);
    await inState('error', 1);
    const widget = await visitor.page.$eval('bc-customer-widget', (element) => ({
      text: element.shadowRoot!.textContent.trim(),
      height: element.clientHeight,
    }));
    assert.deepEqual(widget, { text: '', height: 0 });
    assert.equal(tokenRequests(), 0);
    // The developer hears of it.
    assert.match(visitor.complaints.join(), /app-client-id is missing/);
  });
});

suite('the way without a token', () => {
  test("works with what --print prints, in Page Builder's HTML widget and Script Manager", async () => {
    const printed = await command('--print');
    const html = /<script.*<\/script>/.exec(printed)![0];
    await content('POST', '/scripts', { name: 'Widget', kind: 'script_tag', html, location: 'footer' });
    // The built-in HTML widget prints its one setting as it is.
    const template = await content('POST', '/widget-templates', { name: 'HTML', template: '{{{html}}}' });
    const widget = await content('POST', '/widgets', {
      name: 'HTML',
      widget_template_uuid: template.uuid,
      widget_configuration: { html: printed.slice(printed.indexOf('<bc-')) },
    });
    const placement = { widget_uuid: widget.uuid, region: 'product_below_content', status: 'active' };
    await content('POST', '/placements', { ...placement, template_file: 'pages/product' });
    await signIn(visitor.page, store.url, ADA);
    await visitor.page.goto(`${store.url}/products.php?productId=101`);
    await inState('ready', 1);
    assert.deepEqual(visitor.complaints, []);
    assert.deepEqual(await states(), ['ready']);
  });
});
