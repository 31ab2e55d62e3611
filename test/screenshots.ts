// `npm run screenshots`: writes the pictures that README and docs show, from the example theme, the gallery and the
// local Page Builder.
import type { Frame, Page } from 'puppeteer-core';
import { launchBrowser, signIn, startStorefront, visit } from './support/storefront.js';

const [browser, store] = await Promise.all([launchBrowser(), startStorefront()]);
try {
  for (const scheme of ['light', 'dark']) {
    const { page, close } = await visit(browser, 1000);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await signIn(page, store.url, 'ada@example.com');
    await page.waitForSelector('bc-customer-widget[state="ready"]');
    await picture(page, scheme === 'dark' ? 'account-dark' : 'account', { fullPage: true });
    await close();
  }

  const gallery = await visit(browser, 1400);
  await gallery.page.goto(`${store.url}/gallery?direction=ltr&theme=light`);
  await gallery.page.waitForSelector('bc-customer-widget[state="guest"]');
  await gallery.page.waitForFunction(
    () => document.querySelectorAll('bc-customer-widget:is([state="loading"], [state="idle"])').length <= 2,
  );
  await picture(gallery.page, 'states', { fullPage: true });
  await gallery.close();

  const { page, close } = await visit(browser, 1200);
  await page.setViewport({ width: 1200, height: 800 });
  await page.goto(`${store.url}/page-builder`);
  await widgetIn(page, '[state="ready"]');
  await picture(page, 'page-builder-editor');

  await page.click('#sample');
  await page.click('[role=tab]:nth-child(2)');
  await set(page, 'accentSource', 'custom');
  await set(page, 'accent', '#8a3ffc');
  await set(page, 'corner', 'round');
  await set(page, 'density', 'compact');
  await widgetIn(page, '[density="compact"][accent="#8a3ffc"][state="ready"]');
  await picture(page, 'page-builder-design');

  await page.click('#reset');
  await page.click('[role=tab]:nth-child(1)');
  await page.click('#sample');
  await page.select('[name=as]', 'ada@example.com');
  await widgetIn(page, ':not([preview])[state="ready"]');
  // Its port is another one with each run.
  await page.$eval('[name=backendUrl]', (input) => {
    (input as HTMLInputElement).value = 'https://api.example.com/rewards';
  });
  await picture(page, 'page-builder-customer');
  await close();
} finally {
  await Promise.all([browser.close(), store.close()]);
}

async function picture(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  for (const frame of page.frames()) await frame.waitForFunction(isQuiet);
  // The skeleton fades, and a state that has come is drawn with the next frames.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await page.screenshot({ ...options, path: `docs/images/${name}.png` });
  console.log(`docs/images/${name}.png`);
}

/** Whether all images of the page and of the widgets are there. */
function isQuiet(): boolean {
  const roots = [...document.querySelectorAll('bc-customer-widget')].map(({ shadowRoot }) => shadowRoot);
  return [document, ...roots].every((root) =>
    [...(root?.querySelectorAll('img') ?? [])].every((image) => image.complete || image.loading === 'lazy'),
  );
}

async function widgetIn(page: Page, condition: string): Promise<Frame> {
  const frame = (await (await page.waitForSelector('#frame'))!.contentFrame())!;
  await frame.waitForSelector(`[data-content-region] bc-customer-widget${condition}`);
  return frame;
}

async function set(page: Page, name: string, value: string): Promise<void> {
  const rendered = page.waitForResponse((response) => response.url().endsWith('/render'));
  await page.$eval(
    `#settings [name=${name}]`,
    (control, text) => {
      (control as HTMLInputElement).value = text;
      control.dispatchEvent(new Event('input', { bubbles: true }));
    },
    value,
  );
  await rendered;
}
