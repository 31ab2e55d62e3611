// The main job, as a shopper meets it: the real engine, real signatures, two origins, a real browser, a strict policy.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Page } from 'puppeteer-core';
import { layoutShift } from '../support/layout-shift.js';
import { openShop } from '../support/shop.js';
import { sendSignInForm, signIn, startStorefront, visit, type Visit } from '../support/storefront.js';

const { browser, store } = await openShop();

/** A visitor who leaves when the test ends, however it ends. */
async function arrive(test: TestContext, width?: number): Promise<Visit> {
  const visitor = await visit(browser, width);
  test.after(() => visitor.close());
  return visitor;
}

const tokenRequests = ({ requests }: Visit) =>
  requests.filter((request) => request.url().includes('current.jwt'));

async function widgetText(page: Page, state: string, selector = 'bc-customer-widget'): Promise<string> {
  const widget = await page.waitForSelector(`${selector}[state="${state}"]`, { timeout: 5000 });
  assert.ok(widget);
  return widget.evaluate((element) => {
    const text = element.shadowRoot?.querySelector('section')?.textContent ?? '';
    return text.replace(/\s+/g, ' ').trim();
  });
}

describe('a shopper', () => {
  it('as a guest gets no widget, no script of it, and no request for a token', async (test) => {
    const guest = await arrive(test);
    for (const path of ['/', '/login.php', '/products.php?productId=101']) {
      await guest.page.goto(store.url + path, { waitUntil: 'networkidle0' });
      assert.ok(!(await guest.page.content()).includes('bc-customer-widget:not'), path);
      assert.equal(await guest.page.$('bc-customer-widget'), null, path);
    }
    const wrong = guest.requests
      .map((request) => request.url())
      .filter((url) => /current\.jwt|widget\.js|rewards/.test(url));
    assert.deepEqual(wrong, []);
    assert.deepEqual(guest.complaints, []);
  });

  it('signs in, sees their own data, signs out, and another one sees theirs', async (test) => {
    const shopper = await arrive(test);
    const { page } = shopper;
    await page.goto(`${store.url}/login.php`);
    await Promise.all([page.waitForNavigation(), sendSignInForm(page, 'ada@example.com')]);
    assert.match(await widgetText(page, 'ready'), /^Your rewards.*Points1,240.*Tea sampler/);
    assert.equal(tokenRequests(shopper).length, 1);

    await page.goto(`${store.url}/login.php?action=logout`);
    assert.equal(await page.$('bc-customer-widget'), null);

    await signIn(page, store.url, 'grace@example.com');
    const graces = await widgetText(page, 'ready');
    assert.match(graces, /Points/);
    assert.doesNotMatch(graces, /1,240|Tea sampler/);

    await page.goto(`${store.url}/login.php?action=logout`);
    await page.goto(`${store.url}/account.php`);
    assert.equal(new URL(page.url()).pathname, '/login.php');
    assert.deepEqual(shopper.complaints, []);
  });

  it('who has nothing yet is told so', async (test) => {
    const shopper = await arrive(test);
    await signIn(shopper.page, store.url, 'new@example.com');
    assert.match(await widgetText(shopper.page, 'empty'), /There is nothing here yet\./);
  });

  it('leaves the token in one request header and nowhere else', async (test) => {
    const shopper = await arrive(test);
    const { page } = shopper;
    await signIn(page, store.url, 'ada@example.com');
    await widgetText(page, 'ready');
    const carriers = shopper.requests.filter((request) => request.headers().authorization?.includes('eyJ'));
    assert.deepEqual(
      carriers.map((request) => request.url()),
      [store.backendUrl],
    );
    assert.ok(shopper.requests.every((request) => !request.url().includes('eyJ')));
    const places = await page.evaluate(() => ({
      storage: JSON.stringify([localStorage, sessionStorage]),
      cookie: document.cookie,
      page: document.documentElement.outerHTML,
      shadow: document.querySelector('bc-customer-widget')?.shadowRoot?.innerHTML,
      entries: JSON.stringify(performance.getEntries()),
    }));
    assert.ok(!JSON.stringify(places).includes('eyJ'));
    assert.ok(places.shadow?.includes('1,240'));
  });

  it('whose session ended elsewhere sees no old data after a refresh', async (test) => {
    const shopper = await arrive(test);
    const { page } = shopper;
    await signIn(page, store.url, 'ada@example.com');
    await widgetText(page, 'ready');
    await page.evaluate(() => fetch('/login.php?action=logout'));
    await page.$eval('bc-customer-widget', (element) =>
      (element as unknown as { refresh(): Promise<void> }).refresh(),
    );
    const widget = await page.waitForSelector('bc-customer-widget[state="guest"]');
    assert.equal(await widget?.evaluate((element) => element.shadowRoot?.textContent.trim()), '');
  });
});

describe('a store that signs with HS256', () => {
  it('works, too', async (test) => {
    const other = await startStorefront({ algorithm: 'HS256' });
    test.after(() => other.close());
    const shopper = await arrive(test);
    await signIn(shopper.page, other.url, 'ada@example.com');
    assert.match(await widgetText(shopper.page, 'ready'), /1,240/);
  });
});

describe('a theme that includes the partial three times', () => {
  it('asks for one token and shows three widgets', async (test) => {
    const themeDir = await mkdtemp(join(tmpdir(), 'bcw-theme-'));
    test.after(() => rm(themeDir, { recursive: true }));
    await cp('example-theme', themeDir, {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    const include = '{{> components/bc-customer-widget/widget}}\n';
    const page = `{{#partial "page"}}\n${include.repeat(3)}{{/partial}}\n{{> layout/base}}\n`;
    await writeFile(join(themeDir, 'templates/pages/account/orders/all.html'), page);
    const other = await startStorefront({ themeDir });
    test.after(() => other.close());
    const shopper = await arrive(test);
    await signIn(shopper.page, other.url, 'ada@example.com');
    await shopper.page.waitForFunction(
      () => document.querySelectorAll('bc-customer-widget[state="ready"]').length === 3,
      { timeout: 5000 },
    );
    assert.equal(tokenRequests(shopper).length, 1);
  });
});

describe('the page', () => {
  for (const width of [1000, 320]) {
    for (const email of ['ada@example.com', 'grace@example.com', 'new@example.com']) {
      it(`does not move when the data of ${email} replaces the skeleton (${width} px)`, async (test) => {
        const shopper = await arrive(test, width);
        await signIn(shopper.page, store.url, email);
        for (const path of ['/account.php', '/']) {
          await shopper.page.goto(store.url + path);
          await shopper.page.waitForSelector('bc-customer-widget:is([state="ready"], [state="empty"])');
          assert.equal(await layoutShift(shopper.page), 0, path);
        }
      });
    }
  }

  it('would be seen to move, did it not keep the place', async (test) => {
    const shopper = await arrive(test);
    await signIn(shopper.page, store.url, 'new@example.com');
    await shopper.page.waitForSelector('bc-customer-widget[state="empty"]');
    await shopper.page.$eval('bc-customer-widget', (element) => {
      (element as HTMLElement).style.setProperty('--bcw-min-block-size', '0');
    });
    assert.ok((await layoutShift(shopper.page)) > 0.01);
  });
});
