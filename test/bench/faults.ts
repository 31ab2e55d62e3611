// The resilience table as it is measured: for every fault, what the shopper sees and what was asked, in a real browser.
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'puppeteer-core';
import { openStage, type Stage } from '../support/fault-stage.js';
import { faultTable, play } from '../support/fault-table.js';
import { launchBrowser, signIn } from '../support/storefront.js';
import type { Bench, Target } from './support/bench.js';

export interface Survived {
  rows: number;
  /** Milliseconds. */
  wiped: { sameTab: number; otherTab: number };
  requests: { tokens: number; exchanges: number };
}

const bench: Bench<Survived> = async ({ progress, isTiny }) => {
  const browser = await launchBrowser();
  const stage = await openStage(browser);
  const table = isTiny ? faultTable.slice(0, 2) : faultTable;
  const failures: string[] = [];
  const rows: string[][] = [];
  try {
    for (const row of table) {
      progress(`${row.where}: ${row.what}`);
      const found = await play(row, stage);
      const places = await stage.places();
      if (!isDeepStrictEqual(found, row.expected))
        failures.push(`Not as expected: ${row.where}, ${row.what}.`);
      if (places.length > 0)
        failures.push(`A token is in ${places.join(', ')} after: ${row.where}, ${row.what}.`);
      const { state, code, shown, tokenRequests, exchanges, words } = found;
      rows.push([row.where, row.what, state, code, shown, String(tokenRequests), String(exchanges), words]);
    }
    progress('how fast data is wiped');
    const wiped = { sameTab: await wipeInSameTab(stage), otherTab: await wipeInOtherTab(stage) };
    const requests = await hundredWidgets(stage);
    if (requests.tokens !== 1) failures.push(`100 widgets asked for ${requests.tokens} tokens instead of 1.`);
    return {
      tables: [
        {
          caption: 'Resilience',
          head: ['Where', 'What happens', 'State', 'Code', 'Shown', 'Tokens asked', 'Exchanges', 'Words'],
          rows,
          isDetail: true,
        },
        {
          caption: 'Faults survived',
          head: ['', ''],
          rows: [
            ['faults of the token endpoint, the backend and the page', String(rows.length)],
            [
              'of them with another outcome than promised, or with a token left somewhere',
              String(failures.length),
            ],
            ['data gone after the page is put away', `${wiped.sameTab.toFixed(1)} ms`],
            ['data gone after another tab has learned of a sign-out', `${wiped.otherTab.toFixed(1)} ms`],
            ['token requests of 100 widgets', String(requests.tokens)],
            ['exchanges of 100 widgets', String(requests.exchanges)],
          ],
        },
      ],
      targets: [wipeTarget('same tab', wiped.sameTab, 100), wipeTarget('other tabs', wiped.otherTab, 500)],
      failures,
      notes: [],
      figures: { rows: rows.length, wiped, requests },
    };
  } finally {
    await stage.close();
    await browser.close();
  }
};

export default bench;

function wipeTarget(where: string, milliseconds: number, limit: number): Target {
  return {
    what: `data gone after the signal, ${where}`,
    measured: `${milliseconds.toFixed(1)} ms`,
    limit: `${limit} ms`,
    isMet: milliseconds <= limit,
  };
}

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
