// The ready-made partials as `add` places them, in a browser, on the emulated store.
import assert from 'node:assert/strict';
import { after, before, suite, test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import type { CustomerCard } from 'bc-customer-widget';
import { createEmulator, createFaults, sampleStore } from 'bc-customer-widget/emulator';
import { createExchange, createManagementApi } from 'bc-customer-widget/server';
import { listen } from '../../examples/listen.js';
import { plainTheme, runCommand } from '../cli/plain-theme.js';
import { launchBrowser, signIn, startStorefront, visit, type Visit } from '../support/storefront.js';
import { freePort } from '../support/free-port.js';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

async function arrive(context: TestContext): Promise<Visit> {
  const visitor = await visit(browser);
  context.after(() => visitor.close());
  return visitor;
}

/** A plain theme to which `add` has added the widget, on a store whose backend answers with this card. */
async function startShop(context: TestContext, cardOf: (customerId: number) => Promise<CustomerCard>) {
  const themeDir = await plainTheme();
  const added = await runCommand(['add', themeDir, '--place', 'home', 'header', '--yes'], process.cwd());
  assert.equal(added.code, 0, added.error);
  const port = await freePort();
  const { apps, storeHash } = sampleStore;
  const backend = await listen(
    createExchange({
      apps,
      storeHashes: [storeHash],
      allowedOrigins: [`http://localhost:${port}`],
      load: ({ customerId }) => cardOf(customerId),
    }),
    0,
  );
  context.after(() => backend.close());
  const emulator = createEmulator({
    themeDir,
    themeSettings: { bcw_app_client_id: apps[0]!.clientId, bcw_backend_url: `${backend.url}/` },
  });
  const cards = { asked: [] as number[], answered: [] as number[], atOnce: 0 };
  const store = await listen(async (request) => {
    const id = Number(new URL(request.url).searchParams.get('productId'));
    if (!id) return emulator.fetch(request);
    cards.asked.push(id);
    cards.atOnce = Math.max(cards.atOnce, cards.asked.length - cards.answered.length);
    // Long enough for all that the page asks at once; every second card is overtaken by the one after it.
    await setTimeout(cards.asked.length % 2 ? 150 : 50);
    cards.answered.push(id);
    return emulator.fetch(request);
  }, port);
  context.after(() => store.close());
  return { url: store.url, cards };
}

const productCards = ({ page }: Visit) =>
  page.$$eval('bc-customer-widget .productGrid article.card', (cards) =>
    cards.map((card) => ({
      id: Number(card.dataset.entityId),
      name: card.querySelector('.card-name')?.textContent.trim(),
      link: card.querySelector('a')?.getAttribute('href'),
    })),
  );

const waitForCards = ({ page }: Visit, count: number) =>
  page.waitForFunction(
    (wanted) => document.querySelectorAll('bc-customer-widget .productGrid article.card').length === wanted,
    { timeout: 10_000 },
    count,
  );

const points = { label: 'Points', value: 1240, format: 'number' } as const;

suite('recent purchases and points, added to a theme', () => {
  test("show Ada's purchases in the theme's own cards, and her points beside the header", async (context) => {
    const shop = await startShop(context, async (customerId) => ({
      facts: [points],
      productIds: (await api().recentPurchases(customerId)).map(({ productId }) => productId),
    }));
    const api = () =>
      createManagementApi({
        storeHash: sampleStore.storeHash,
        accessToken: sampleStore.accessToken,
        baseUrl: shop.url,
      });
    const visitor = await arrive(context);
    const { page } = visitor;
    await signIn(page, shop.url, 'ada@example.com');
    await page.goto(`${shop.url}/`);
    await waitForCards(visitor, 3);
    assert.deepEqual(await productCards(visitor), [
      { id: 106, name: 'Tea sampler', link: `${shop.url}/products.php?productId=106` },
      { id: 101, name: 'Stoneware mug', link: `${shop.url}/products.php?productId=101` },
      { id: 105, name: 'Wool blanket', link: `${shop.url}/products.php?productId=105` },
    ]);
    await page.waitForSelector('.bc-customer-widget-points bc-customer-widget[state=ready]');
    const shown = await page.$eval('.bc-customer-widget-points [slot=content] a', (link) => ({
      text: link.textContent.replace(/\s+/g, ' ').trim(),
      href: link.getAttribute('href'),
    }));
    assert.deepEqual(shown, { text: 'Points 1,240', href: '/account.php' });
    assert.deepEqual(visitor.complaints, []);
  });

  test('show twelve cards in order, and ask for four of them at once', async (context) => {
    const { products } = sampleStore;
    const further = products.map((product) => ({ ...product, id: product.id + 100 }));
    products.push(...further);
    context.after(() => products.splice(-further.length));
    const productIds = products.map(({ id }) => id).reverse();
    const shop = await startShop(context, () => Promise.resolve({ facts: [points], productIds }));
    const visitor = await arrive(context);
    await signIn(visitor.page, shop.url, 'ada@example.com');
    await visitor.page.goto(`${shop.url}/`);
    await waitForCards(visitor, 12);
    assert.deepEqual(
      (await productCards(visitor)).map(({ id }) => id),
      productIds,
    );
    assert.deepEqual(shop.cards.asked, productIds);
    // Control: they came in another order.
    assert.notDeepEqual(shop.cards.answered, productIds);
    assert.equal(shop.cards.atOnce, 4);
  });
});

suite('a failure', () => {
  for (const [language, words, retry] of [
    ['de-DE', /^Das konnte nicht geladen werden\./, 'Erneut versuchen'],
    ['en-US', /^This could not be loaded\./, 'Try again'],
  ] as const) {
    test(`speaks the page's language to the shopper (${language})`, async (context) => {
      const store = await startStorefront({ faults: { ...createFaults(), backend: '500' } });
      context.after(() => store.close());
      const { page } = await arrive(context);
      await page.setExtraHTTPHeaders({ 'accept-language': language });
      await signIn(page, store.url, 'ada@example.com');
      const widget = await page.waitForSelector('bc-customer-widget[state=error]', { timeout: 10_000 });
      // The words of an outcome come with a part of their own.
      await page.waitForFunction(
        (element) => element?.shadowRoot?.querySelector('[part~=retry]'),
        {},
        widget,
      );
      const shown = await widget!.evaluate(({ shadowRoot }) => ({
        message: shadowRoot?.querySelector('[part~=message]')?.textContent.trim() ?? '',
        retry: shadowRoot?.querySelector('[part~=retry]')?.textContent.trim(),
      }));
      assert.match(shown.message, words);
      assert.equal(shown.retry, retry);
    });
  }
});
