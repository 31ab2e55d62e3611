// `npm run screenshots`: writes the pictures that README and docs show, from the example theme and the gallery.
import { launchBrowser, signIn, startStorefront, visit } from './support/storefront.js';

const [browser, store] = await Promise.all([launchBrowser(), startStorefront()]);
try {
  for (const scheme of ['light', 'dark']) {
    const { page } = await visit(browser, 1000);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await signIn(page, store.url, 'ada@example.com');
    await page.waitForSelector('bc-customer-widget[state="ready"]');
    await page.waitForNetworkIdle({ idleTime: 300 });
    await page.screenshot({
      path: `docs/images/account${scheme === 'dark' ? '-dark' : ''}.png`,
      fullPage: true,
    });
  }
  const { page } = await visit(browser, 1400);
  await page.goto(`${store.url}/gallery?direction=ltr&theme=light`);
  await page.waitForSelector('bc-customer-widget[state="guest"]');
  await page.waitForFunction(
    () => document.querySelectorAll('bc-customer-widget:is([state="loading"], [state="idle"])').length <= 2,
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  await page.screenshot({ path: 'docs/images/states.png', fullPage: true });
} finally {
  await Promise.all([browser.close(), store.close()]);
}
