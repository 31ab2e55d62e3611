// The ready-made partials as `add` places them, in a browser, on the emulated store.
import assert from 'node:assert/strict';
import { after, before, suite, test, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createFaults } from 'bc-customer-widget/emulator';
import { launchBrowser, signIn, startStorefront, visit, type Visit } from '../support/storefront.js';

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
