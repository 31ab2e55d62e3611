// More than one copy of the bundle on a page: the theme's, Script Manager's, a widget's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { version } from '../../src/version.js';
import { launchBrowser } from '../support/storefront.js';

const classic = readFileSync('dist/bc-customer-widget.iife.min.js', 'utf8');
let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** What the console and the page say when these scripts run one after the other. */
async function run(...scripts: string[]): Promise<string[]> {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.setContent(
    '<bc-customer-widget loading="manual" app-client-id="a" backend-url="https://api.example.com" token-url="https://shop.example.com/token"></bc-customer-widget>',
  );
  for (const content of scripts) await page.addScriptTag({ content });
  assert.equal(await page.$eval('bc-customer-widget', (element) => element.state), 'idle');
  await page.close();
  return said;
}

it('is harmless and silent when it is the same version', async () => {
  assert.deepEqual(await run(classic, classic), []);
});

it('is harmless and explained in one sentence when it is another version: the first one stays', async () => {
  const other = classic.replaceAll(`"${version}"`, '"9.8.7"');
  assert.notEqual(other, classic);
  const said = await run(classic, other);
  assert.equal(said.length, 1, said.join());
  assert.equal(said[0], `<bc-customer-widget> ${version} is in use, not 9.8.7: load one of them.`);
});
