// Templates and slots replace the skeleton, and each other, without moving the page; none is seen before its time.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createFaults, type Faults } from 'bc-customer-widget/emulator';
import type { Browser } from 'puppeteer-core';
import { layoutShift } from '../support/layout-shift.js';
import {
  launchBrowser,
  sendSignInForm,
  signIn,
  startStorefront,
  visit,
  type Storefront,
} from '../support/storefront.js';

const TEMPLATE = `<template>
  <p><strong data-bc-text="facts.0.value" data-bc-format="number"></strong> points</p>
  <ul><li data-bc-each="items"><img data-bc-src="image" width="40" height="40" alt=""><a data-bc-href="href" data-bc-text="title"></a></li></ul>
</template>`;

const SLOTS = `<p slot="loading">One moment, please.<br>Your points are on their way.</p>
<p slot="empty">Nothing yet.</p><p slot="guest">Members save 10 %.</p><p slot="error">Call us.<br>Really.</p>`;

const pages = { '/': 'home.html', '/account.php': 'account/orders/all.html' };

let browser: Browser;
let themeDir: string;
let store: Storefront;
let faults: Faults;
before(async () => {
  themeDir = await mkdtemp(join(tmpdir(), 'bcw-theme-'));
  await cp('example-theme', themeDir, { recursive: true, filter: (path) => !path.includes('node_modules') });
  for (const file of Object.values(pages)) {
    const path = join(themeDir, 'templates/pages', file);
    const include =
      `{{#partial "own"}}${TEMPLATE}${SLOTS}{{/partial}}\n` +
      '{{> components/bc-customer-widget/widget heading="Rewards" block="own"}}';
    const html = await readFile(path, 'utf8');
    await writeFile(path, html.replace(/{{> components\/bc-customer-widget\/.*}}/, include));
  }
  faults = createFaults();
  [browser, store] = await Promise.all([launchBrowser(), startStorefront({ themeDir, faults })]);
});
after(async () => {
  await Promise.all([browser.close(), store.close()]);
  await rm(themeDir, { recursive: true });
});

/** How each state comes about, and what is seen of it in the widget. */
const states: [state: string, email: string, fault: Partial<Faults>, words: string][] = [
  ['ready', 'ada@example.com', {}, 'Tea sampler'],
  ['empty', 'new@example.com', {}, 'Nothing yet.'],
  ['guest', 'ada@example.com', { endpoint: 'guest' }, 'Members save'],
  ['error', 'ada@example.com', { backend: '404' }, 'Call us.'],
  ['loading', 'ada@example.com', { endpoint: 'hanging' }, 'One moment, please.'],
];

for (const width of [1000, 320]) {
  describe(`a page of ${width} px with a template and slots`, () => {
    for (const [state, email, fault, words] of states) {
      it(`does not move when the widget is ${state}`, async (test) => {
        const { page, close } = await visit(browser, width);
        test.after(async () => {
          Object.assign(faults, createFaults());
          await close();
        });
        await signIn(page, store.url, email);
        Object.assign(faults, fault);
        // So that the page is drawn before there is a widget, as it is on a slow line.
        await page.setRequestInterception(true);
        page.on('request', (request) => {
          const wait = request.url().endsWith('bc-customer-widget.min.js') ? 300 : 0;
          setTimeout(() => void request.continue(), wait);
        });
        for (const path of Object.keys(pages)) {
          await page.goto(store.url + path);
          await page.waitForSelector(`bc-customer-widget[heading=Rewards][state=${state}]`);
          await page.waitForSelector(`bc-customer-widget ::-p-text(${words})`, { visible: true });
          assert.equal(await layoutShift(page), 0, path);
        }
      });
    }
  });
}

it('while the script is on its way, shows the slot for loading and no other', async (test) => {
  const { page, close } = await visit(browser);
  test.after(close);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (!request.url().endsWith('bc-customer-widget.min.js')) void request.continue();
  });
  await page.goto(`${store.url}/login.php`);
  await sendSignInForm(page, 'ada@example.com');
  const words = () =>
    page.$eval('bc-customer-widget', (widget) =>
      (widget as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
    );
  await page.waitForSelector('bc-customer-widget ::-p-text(One moment, please.)', { visible: true });
  assert.equal(await words(), 'One moment, please. Your points are on their way.');
  await page.evaluate(() => {
    for (const style of document.querySelectorAll('main style')) style.remove();
  });
  assert.match(
    await words(),
    /Nothing yet.*Members save.*Call us/,
    'the control: without the style of the partial',
  );
});

it('the control: a message that comes without a place of its own moves the page', async (test) => {
  const { page, close } = await visit(browser);
  test.after(close);
  await signIn(page, store.url, 'new@example.com');
  await page.waitForSelector('bc-customer-widget[state=empty]');
  await page.$eval('bc-customer-widget', (widget) => {
    widget.insertAdjacentHTML('beforebegin', '<p>A message</p>');
  });
  assert.ok((await layoutShift(page)) > 0.01);
});
