// The example theme in the server of the real `stencil start`, with the emulated store behind it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import type { Browser } from 'puppeteer-core';
import { sampleStore, startEmulator } from 'bc-customer-widget/emulator';
import { startLoyalty } from '../../examples/loyalty/server.js';
import { launchBrowser, signIn, visit } from '../support/storefront.js';
import { startStencil, withoutStencilCli } from '../support/stencil-cli/index.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { freePort } from '../support/free-port.js';

suite('the theme in stencil start', { skip: withoutStencilCli }, () => {
  let browser: Browser;
  let url: string;
  const running: { close: () => Promise<unknown> }[] = [];

  before(async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    const { apps, storeHash } = sampleStore;
    const backend = await startLoyalty({
      port: 0,
      databaseUrl: ':memory:',
      apps,
      storeHashes: [storeHash],
      allowedOrigins: [url],
    });
    const config = JSON.parse(await readFile('example-theme/config.json', 'utf8')) as {
      settings: Record<string, unknown>;
    };
    config.settings.bcw_app_client_id = apps[0]?.clientId;
    config.settings.bcw_backend_url = `${backend.url}/rewards`;
    const themeDir = await temporaryTheme({
      'config.json': JSON.stringify(config),
      'assets/js/stencil.js': await cardsModule(),
    });
    const store = await startEmulator({ themeDir, port: 0 });
    const stencil = await startStencil(themeDir, store.url, port);
    browser = await launchBrowser();
    running.push(browser, stencil, store, backend);
  });
  after(() => Promise.all(running.map((one) => one.close())));

  test('goes from guest to sign-in, widget, product cards and sign-out', async () => {
    const { page, requests, complaints, close } = await visit(browser);
    await page.goto(url, { waitUntil: 'networkidle0' });
    assert.equal(await page.$('bc-customer-widget'), null);
    assert.ok(!requests.some((request) => request.url().includes('current.jwt')));

    await signIn(page, url, 'ada@example.com');
    assert.equal(new URL(page.url()).pathname, '/account.php');
    const widget = await page.waitForSelector('bc-customer-widget[state="ready"]', { timeout: 5000 });
    assert.match(await widget!.evaluate((element) => element.shadowRoot!.textContent), /\d/);
    assert.equal(requests.filter((request) => request.url().includes('current.jwt')).length, 1);

    const titles = await page.evaluate(async () => {
      const container = document.body.appendChild(document.createElement('div'));
      const address = '/assets/js/stencil.js';
      const { showProducts } = (await import(address)) as typeof import('bc-customer-widget/stencil');
      await showProducts(container, [106, 999, 101], { signal: AbortSignal.timeout(5000) });
      return [...container.querySelectorAll('article.card h3')].map((title) => title.textContent);
    });
    assert.deepEqual(titles, ['Tea sampler', 'Stoneware mug']);

    await Promise.all([page.waitForNavigation(), page.click('a[href*="action=logout"]')]);
    assert.equal(await page.$('bc-customer-widget'), null);
    const unexpected = complaints.filter((text) => !text.includes('404 (Not Found)'));
    assert.deepEqual(unexpected, []);
    await close();
  });
});

/** The product cards as one file, the way a theme's bundler would make it. */
async function cardsModule(): Promise<string> {
  const bundle = await rollup({
    input: join('dist', 'stencil', 'index.js'),
    plugins: [resolve({ browser: true })],
  });
  const { output } = await bundle.generate({ format: 'esm', inlineDynamicImports: true });
  await bundle.close();
  return output[0].code;
}
