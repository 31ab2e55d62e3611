// The local Page Builder in a real browser: the panel, and what a change of a setting does to the page.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Frame } from 'puppeteer-core';
import { violations } from '../support/axe.js';
import { openShop } from '../support/shop.js';
import { visit, type Visit } from '../support/storefront.js';

const { browser, store } = await openShop();
let visitor: Visit;
beforeEach(async () => {
  visitor = await visit(browser, 1280);
  await visitor.page.goto(`${store.url}/page-builder`);
  await widget();
});
afterEach(() => visitor.close());

/** The storefront beside the panel, once the widget in it is defined. */
async function widget(selector = 'bc-customer-widget[state]'): Promise<Frame> {
  const element = await visitor.page.waitForSelector('#frame');
  const frame = (await element!.contentFrame())!;
  await frame.waitForSelector(selector);
  return frame;
}

async function inFrame<Value>(read: (element: Element) => Value): Promise<Value> {
  const frame = await widget();
  return await frame.$eval('[data-content-region] bc-customer-widget', read);
}

const labels = () =>
  visitor.page.$$eval('#settings label', (rows) =>
    rows.filter((row) => row.checkVisibility()).map((row) => row.firstChild!.textContent),
  );
const openTab = (index: number) => visitor.page.click(`[role=tab]:nth-child(${index})`);

async function set(name: string, value: string): Promise<void> {
  const control = await visitor.page.waitForSelector(`#settings [name=${name}]`);
  const rendered = visitor.page.waitForResponse((response) => response.url().endsWith('/render'));
  await control!.evaluate((element, text) => {
    (element as HTMLInputElement).value = text;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);
  await rendered;
}

const attribute = (name: string, value: string) => widget(`bc-customer-widget[${name}="${value}"]`);

suite('the panel', () => {
  test('shows the settings of a tab, with the words of the chosen language', async () => {
    assert.deepEqual(await labels(), [
      'Client ID of your app',
      'Address of your backend',
      'Heading',
      'When to load',
      'Shoppers who are not signed in see',
      'Message',
      'Text of the sign-in link',
    ]);
    await visitor.page.select('[name=language]', 'de');
    assert.ok((await labels()).includes('Überschrift'));
    await openTab(2);
    const options = await visitor.page.$$eval('[name=variant] option', (all) => all.map((one) => one.text));
    assert.deepEqual(options, ['Karte mit Rahmen', 'Schlicht, ohne Rahmen']);
  });

  test('hides a control whose condition is not met', async () => {
    assert.ok((await labels()).includes('Message'));
    await set('guest', 'hide');
    assert.ok(!(await labels()).includes('Message'));
    assert.ok(!(await labels()).includes('Text of the sign-in link'));
    await openTab(2);
    assert.ok(!(await labels()).includes('Own colour'));
    await set('accentSource', 'custom');
    assert.ok((await labels()).includes('Own colour'));
  });

  test('keeps what was typed through tabs and languages, until it goes back to the defaults', async () => {
    await set('heading', 'For friends');
    await openTab(2);
    await visitor.page.select('[name=language]', 'ja');
    await openTab(1);
    const heading = () => visitor.page.$eval('[name=heading]', (input) => (input as HTMLInputElement).value);
    assert.equal(await heading(), 'For friends');
    await visitor.page.click('#reset');
    assert.equal(await heading(), 'Just for you');
    await attribute('heading', 'Just for you');
  });

  for (const scheme of ['light', 'dark']) {
    test(`has no accessibility violation in ${scheme} colours`, async () => {
      const { page } = visitor;
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const tab of [1, 2]) {
        await openTab(tab);
        // What is in the frame is the theme's.
        assert.deepEqual(await violations(page, { iframes: false }), []);
      }
    });
  }

  test('has a label for every control and fits a phone', async () => {
    await visitor.page.setViewport({ width: 320, height: 700 });
    for (const tab of [1, 2]) {
      await openTab(tab);
      const nameless = await visitor.page.$$eval(
        'input, select, button, iframe',
        (all) =>
          all.filter((one) => {
            const label = (one as HTMLInputElement).labels?.[0]?.textContent ?? '';
            return !(label || one.textContent.trim() || one.getAttribute('title'));
          }).length,
      );
      assert.equal(nameless, 0);
    }
    const width = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 320);
  });
});

suite('a change of a setting', () => {
  test('replaces the whole widget on the page, with its scripts made anew', async () => {
    const frame = await widget();
    const before = await frame.$('[data-widget-id]');
    await set('heading', 'For friends');
    await attribute('heading', 'For friends');
    assert.equal(await before!.evaluate((box) => box.isConnected), false);
    const counts = await frame.evaluate(() =>
      ['[data-widget-id]', '[data-widget-id] > bc-customer-widget', '[data-widget-id] > script'].map(
        (selector) => document.querySelectorAll(selector).length,
      ),
    );
    assert.deepEqual(counts, [1, 1, 1]);
  });

  test('shows the last of many quick ones', async () => {
    const word = 'abcdefghijklmnop';
    await visitor.page.click('[name=heading]', { count: 3 });
    await visitor.page.type('[name=heading]', word);
    await attribute('heading', word);
  });

  test('takes whatever a merchant types as words', async () => {
    for (const text of ['"><img src=x onerror=alert(1)>', '{{appClientId}}', '</script><b>', "it's <b>"]) {
      await set('heading', text);
      await (
        await widget()
      ).waitForFunction(
        (expected) => document.querySelector('bc-customer-widget')?.getAttribute('heading') === expected,
        {},
        text,
      );
    }
    const frame = await widget();
    assert.equal((await frame.$$('[data-widget-id] img, [data-widget-id] b')).length, 0);
  });
});

suite('the storefront as shoppers see it', () => {
  test("shows a customer's own data, then another's, then a guest's message", async () => {
    await visitor.page.click('#sample');
    for (const [email, purchase] of [
      ['ada@example.com', 'Tea sampler'],
      ['grace@example.com', 'Desk lamp'],
    ] as const) {
      await visitor.page.select('[name=as]', email);
      await visitor.page.waitForFunction(
        (expected) => {
          const page = document.querySelector<HTMLIFrameElement>('#frame')?.contentDocument;
          const shown = page?.querySelector('[data-widget-id] bc-customer-widget')?.shadowRoot;
          return shown?.textContent.includes(expected);
        },
        {},
        purchase,
      );
    }
    await visitor.page.select('[name=as]', 'guest');
    await widget('[data-widget-id] bc-customer-widget[state=guest]');
    assert.match(await inFrame((element) => element.shadowRoot!.textContent), /sign in/i);
  });

  test('goes to other pages and regions', async () => {
    await visitor.page.select('[name=page]', '/products.php?productId=101');
    const frame = await widget('[data-content-region=product_below_content] bc-customer-widget');
    assert.match(frame.url(), /productId%3D101/);
    const regions = await visitor.page.$$eval('[name=region] option', (all) => all.map((one) => one.text));
    assert.deepEqual(regions, ['product_below_content']);
  });
});
