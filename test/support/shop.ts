// A store and a browser for all the tests of a file.
import { after } from 'node:test';
import type { StartOptions } from 'bc-customer-widget/emulator';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, startStorefront, type Storefront } from './storefront.js';

/** Both are closed when the file's tests have ended. */
export async function openShop(
  options?: Partial<StartOptions>,
): Promise<{ browser: Browser; store: Storefront }> {
  const [browser, store] = await Promise.all([launchBrowser(), startStorefront(options)]);
  after(() => Promise.all([browser.close(), store.close()]));
  return { browser, store };
}
