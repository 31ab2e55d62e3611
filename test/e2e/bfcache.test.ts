// The Back button after a sign-out, in a browser that really keeps the page.
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser, signIn, startStorefront, visit, type Storefront } from '../support/storefront.js';

let browser: Browser;
let store: Storefront;
before(async () => {
  [browser, store] = await Promise.all([launchBrowser(), startStorefront()]);
});
after(async () => {
  await browser.close();
  await store.close();
});

interface Return {
  /** Whether the page came out of the back/forward cache. */
  wasKept: boolean;
  /** What was on it at the first moment. */
  atFirst: string;
}

/** Ada's account page, a page elsewhere, and Back. */
async function comeBack(
  test: TestContext,
  page: Page,
  meanwhile: () => Promise<unknown>,
): Promise<Return | undefined> {
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  await signIn(page, store.url, 'ada@example.com');
  await page.waitForSelector('bc-customer-widget[state=ready]');
  await page.evaluate(() => {
    const text = () => document.querySelector('bc-customer-widget')!.shadowRoot!.textContent;
    addEventListener(
      'pageshow',
      ({ persisted }) => {
        Object.assign(window, { returned: { wasKept: persisted, atFirst: text() } });
      },
      { capture: true },
    );
  });
  await page.goto(`${store.url}/products.php?productId=101`);
  await meanwhile();
  await page.goBack();
  const returned = await page.evaluate(() => (window as unknown as { returned?: Return }).returned);
  if (!returned?.wasKept)
    test.skip(
      'this browser did not keep the page (headless shells never do); the events are tested in test/element',
    );
  return returned?.wasKept ? returned : undefined;
}

describe('Back', () => {
  it('shows nothing at first, then the data of the same customer', async (test) => {
    const { page, close } = await visit(browser);
    test.after(close);
    const returned = await comeBack(test, page, () => Promise.resolve());
    if (!returned) return;
    assert.doesNotMatch(returned.atFirst, /1,240/);
    await page.waitForSelector('bc-customer-widget[state=ready]');
    const text = await page.$eval('bc-customer-widget', (widget) => widget.shadowRoot!.textContent);
    assert.match(text, /1,240/);
  });

  it('shows nothing at all to one who has signed out', async (test) => {
    const { page, close } = await visit(browser);
    test.after(close);
    const returned = await comeBack(test, page, async () => {
      const tab = await page.browserContext().newPage();
      await tab.goto(`${store.url}/login.php?action=logout`);
      await tab.close();
    });
    if (!returned) return;
    assert.doesNotMatch(returned.atFirst, /1,240/);
    await page.waitForSelector('bc-customer-widget[state=guest]');
    const text = await page.$eval('bc-customer-widget', (widget) => widget.shadowRoot!.textContent);
    assert.doesNotMatch(text, /1,240/);
  });
});
