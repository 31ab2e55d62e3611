// The example theme's pages as axe and a narrow screen see them, light and dark.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page } from 'puppeteer-core';
import { violations } from '../support/axe.js';
import { openShop } from '../support/shop.js';
import { signIn, visit } from '../support/storefront.js';

const PAGES = [
  '/',
  '/desk/',
  '/search.php?search_query=mug',
  '/search.php?search_query=nothing',
  '/products.php?productId=104',
  '/cart.php',
  '/checkout',
  '/login.php',
  '/login.php?action=create_account',
  '/login.php?action=account_created',
  '/account.php',
  '/account.php?action=view_order&order_id=1007',
  '/nowhere',
];

const { browser, store } = await openShop();

suite('the example theme', () => {
  /** A signed-in shopper with something in the cart. */
  const arrive = async (width: number) => {
    const shopper = await visit(browser, width);
    // axe is injected from outside, which a strict policy would not let it be.
    await shopper.page.setBypassCSP(true);
    await signIn(shopper.page, store.url, 'ada@example.com');
    await shopper.page.goto(`${store.url}/products.php?productId=104`);
    await Promise.all([shopper.page.waitForNavigation(), shopper.page.click('[data-cart-item-add] button')]);
    return shopper;
  };

  for (const scheme of ['light', 'dark']) {
    test(`has no accessibility violation on any page in ${scheme} colours`, async () => {
      const { page, close } = await arrive(1000);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      const found: string[] = [];
      for (const path of PAGES) {
        await show(page, store.url + path);
        found.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
      }
      assert.deepEqual(found, []);
      await close();
    });
  }

  test('control: axe finds a control without a name', async () => {
    const { page, close } = await visit(browser);
    await page.setContent('<html lang="en"><title>x</title><main><h1>x</h1><input></main></html>');
    assert.match((await violations(page)).join(), /label/);
    await close();
  });

  test('needs no sideways scrolling at 320 pixels, also when it is mirrored', async () => {
    const { page, close } = await arrive(320);
    for (const path of PAGES) {
      await show(page, store.url + path);
      for (const direction of ['ltr', 'rtl']) {
        const width = await page.evaluate((dir) => {
          document.documentElement.dir = dir;
          return document.documentElement.scrollWidth;
        }, direction);
        assert.equal(width, 320, `${path} (${direction})`);
      }
    }
    await close();
  });
});

/** Shows a page whose widget, if it has one, has its data. */
async function show(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('bc-customer-widget')].every((widget) => widget.state === 'ready'),
  );
}
