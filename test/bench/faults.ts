// The resilience table as it is measured: for every fault, what the shopper sees and what was asked, in a real browser.
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'puppeteer-core';
import { openStage, type Stage } from '../support/fault-stage.js';
import { faultTable, play } from '../support/fault-table.js';
import { launchBrowser, signIn } from '../support/storefront.js';
import type { Bench } from './run.js';

const bench: Bench = async () => {
  const browser = await launchBrowser();
  const stage = await openStage(browser);
  try {
    let wrong = 0;
    let tokens = 0;
    console.log('| where | what happens | state | code | shown | tokens asked | exchanges | words |');
    console.log('| --- | --- | --- | --- | --- | ---: | ---: | --- |');
    for (const row of faultTable) {
      const found = await play(row, stage);
      const places = await stage.places();
      tokens += places.length;
      const isExpected = isDeepStrictEqual(found, row.expected) && places.length === 0;
      if (!isExpected) wrong += 1;
      const { state, code, shown, tokenRequests, exchanges, words } = found;
      const cells = [row.where, row.what, state, code, shown, tokenRequests, exchanges, words];
      console.log(`| ${cells.join(' | ')} |${isExpected ? '' : '  <- not as expected'}`);
    }
    const own = await wipeInSameTab(stage);
    const other = await wipeInOtherTab(stage);
    const requests = await hundredWidgets(stage);
    console.log(
      [
        '',
        `${faultTable.length} rows, ${wrong} not as expected; tokens found where none should be: ${tokens}`,
        `data gone after the signal: ${own.toFixed(1)} ms in the same tab, ${other.toFixed(1)} ms in another`,
        `100 widgets: ${requests.tokens} token request(s), ${requests.exchanges} exchange(s)`,
      ].join('\n'),
    );
    return wrong === 0 && tokens === 0 && own <= 100 && other <= 500 && requests.tokens === 1;
  } finally {
    await stage.close();
    await browser.close();
  }
};

export default bench;

/** Milliseconds from the page's `pagehide` until the shadow root has no data. */
async function wipeInSameTab(stage: Stage): Promise<number> {
  await stage.place();
  await stage.settle();
  return stage.page.evaluate(async () => {
    const root = document.querySelector('bc-customer-widget')!.shadowRoot!;
    const start = performance.now();
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    while (root.textContent.includes('1,240')) await Promise.resolve();
    return performance.now() - start;
  });
}

/** Milliseconds from another tab's answer that nobody is signed in until this one shows no data. */
async function wipeInOtherTab(stage: Stage): Promise<number> {
  await signIn(stage.page, stage.store.url, 'ada@example.com');
  await stage.page.waitForSelector('bc-customer-widget[state=ready]');
  const tab = await stage.openTab();
  const gone = whenGone(stage.page);
  const learned = await tab.evaluate(async () => {
    await fetch('/login.php?action=logout');
    const widget = document.querySelector('bc-customer-widget') as HTMLElement & {
      refresh: () => Promise<void>;
    };
    const heard = new Promise<number>((resolve) => {
      widget.addEventListener('bc-customer-guest', () => {
        resolve(performance.timeOrigin + performance.now());
      });
    });
    await widget.refresh();
    return heard;
  });
  const milliseconds = (await gone) - learned;
  await tab.close();
  await signIn(stage.page, stage.store.url, 'ada@example.com');
  return Math.max(0, milliseconds);
}

function whenGone(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const root = document.querySelector('bc-customer-widget')!.shadowRoot!;
        const look = () => {
          if (!root.textContent.includes('1,240')) resolve(performance.timeOrigin + performance.now());
        };
        new MutationObserver(look).observe(root, { childList: true, subtree: true, characterData: true });
        look();
      }),
  );
}

async function hundredWidgets({
  page,
  store,
  backendUrl,
}: Stage): Promise<{ tokens: number; exchanges: number }> {
  await page.goto(`${store.url}/account.php`);
  await page.waitForSelector('bc-customer-widget[state=ready]');
  return page.evaluate(async (address) => {
    const asked = (window as unknown as { asked: string[] }).asked;
    const first = document.querySelector('bc-customer-widget')!;
    const clientId = first.getAttribute('app-client-id')!;
    first.remove();
    asked.length = 0;
    const widgets = Array.from({ length: 100 }, () => {
      const widget = document.createElement('bc-customer-widget');
      widget.setAttribute('app-client-id', clientId);
      widget.setAttribute('backend-url', address);
      return widget;
    });
    document.body.append(...widgets);
    while (document.querySelectorAll('bc-customer-widget[state=ready]').length < 100) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return {
      tokens: asked.filter((one) => one.includes('current.jwt')).length,
      exchanges: asked.filter((one) => one.includes('/rewards')).length,
    };
  }, backendUrl);
}
