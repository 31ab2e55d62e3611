// Every state and look of the widget, as axe sees it; and the loyalty card's action, as a shopper meets it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { violations } from '../support/axe.js';
import { openShop } from '../support/shop.js';
import { signIn, visit } from '../support/storefront.js';

const { browser, store } = await openShop();

suite('the widget', () => {
  test('has no accessibility violation in any state, theme and direction', async () => {
    const { page, close } = await visit(browser, 1400);
    await page.goto(`${store.url}/gallery`);
    // Two in each of the four looks wait for ever.
    await page.waitForFunction(
      () =>
        document.querySelectorAll('bc-customer-widget:is([state="loading"], [state="idle"])').length === 8,
    );
    assert.deepEqual(await violations(page), []);
    const states = await page.$$eval('bc-customer-widget', (all) =>
      all.map((one) => one.getAttribute('state')),
    );
    assert.deepEqual([...new Set(states)].sort(), ['empty', 'error', 'guest', 'loading', 'ready']);
    await page.$$eval('bc-customer-widget', (all) => {
      all[2]?.shadowRoot?.querySelector('[part=action]')?.replaceChildren();
    });
    assert.notDeepEqual(await violations(page), [], 'the control: a link without words is found');
    await close();
  });

  test('lets a shopper redeem points of the loyalty example, once, after a question', async () => {
    const { page, requests, complaints, close } = await visit(browser, 1000);
    await signIn(page, store.url, 'ada@example.com');
    await page.waitForSelector('bc-customer-widget[state="ready"]');
    await page.$eval('bc-customer-widget >>> button[part=action]', (button) => {
      (button as HTMLElement).click();
    });
    await page.waitForSelector('bc-customer-widget >>> dialog[open]', { visible: true });
    await page.click('bc-customer-widget >>> dialog button.primary');
    await page.waitForFunction(() =>
      document.querySelector('bc-customer-widget')?.shadowRoot?.textContent.includes('1,140'),
    );
    const sent = requests.filter(
      (request) => request.url().includes('/actions/') && request.method() === 'POST',
    );
    assert.equal(sent.length, 1);
    assert.match(sent[0]?.headers()['idempotency-key'] ?? '', /^[\da-f-]{36}$/);
    assert.deepEqual(complaints, []);
    await close();
  });
});
