// A page with one widget on it, for a fault to happen to, and what can be told about it afterwards.
import type { Browser, Page } from 'puppeteer-core';
import { sampleStore, type Faults } from 'bc-customer-widget/emulator';
import { placesWithToken, listenIn } from './token-scan.js';
import { signIn, startStorefront, visit, type Storefront, type Visit } from './storefront.js';

/** What there is to say after a fault. */
export interface Outcome {
  state: string;
  /** The error's code; empty without one. */
  code: string;
  /** What the shopper reads beside the data. */
  words: string;
  tokenRequests: number;
  exchanges: number;
  /** Whose data is shown: nobody's, or a customer's by the first name. */
  shown: '' | 'Ada' | 'Grace' | 'other';
}

export interface Stage {
  page: Page;
  store: Storefront;
  faults: Faults;
  browser: Browser;
  visitor: Visit;
  backendUrl: string;
  /** Puts a new widget on the page in place of the one before. It has not settled. */
  place: (attributes?: Record<string, string>) => Promise<void>;
  /** Waits until the widget has settled, and for a second promise that is often needed. */
  settle: () => Promise<void>;
  /** Another tab of the same shopper, on their account page. */
  openTab: () => Promise<Page>;
  outcome: () => Promise<Outcome>;
  places: () => Promise<string[]>;
  close: () => Promise<void>;
}

let rows = 0;

/** Ada is signed in, and nothing is wrong. */
export async function openStage(browser: Browser): Promise<Stage> {
  const faults: Faults = { endpoint: null, backend: null };
  const store = await startStorefront({ faults });
  const visitor = await visit(browser);
  const { page } = visitor;
  await listenIn(page);
  await page.evaluateOnNewDocument(() => {
    const asked: string[] = ((window as unknown as { asked: string[] }).asked = []);
    const real = window.fetch.bind(window);
    window.fetch = (address, init) => {
      asked.push(address instanceof Request ? address.url : address.toString());
      return real(address, init);
    };
  });
  await signIn(page, store.url, 'ada@example.com');
  await page.waitForSelector('bc-customer-widget[state=ready]');
  const clientId = sampleStore.apps[0]!.clientId;

  return {
    page,
    store,
    faults,
    browser,
    visitor,
    get backendUrl() {
      return `${store.backendUrl}?row=${rows}`;
    },
    async place(attributes = {}) {
      // An address for each, because browsers remember the answers to preflight requests.
      rows += 1;
      const all = {
        'app-client-id': clientId,
        'backend-url': `${store.backendUrl}?row=${rows}`,
        timeout: '3000',
        ...attributes,
      };
      await page.evaluate((given) => {
        for (const old of document.querySelectorAll('bc-customer-widget')) old.remove();
        (window as unknown as { asked: string[] }).asked.length = 0;
        const widget = document.createElement('bc-customer-widget');
        for (const [name, value] of Object.entries(given)) widget.setAttribute(name, value);
        document.body.append(widget);
      }, all);
    },
    async settle() {
      await page.waitForSelector(
        'bc-customer-widget:is([state=ready],[state=empty],[state=guest],[state=error])',
        {
          timeout: 15_000,
        },
      );
    },
    async openTab() {
      const tab = await page.browserContext().newPage();
      await tab.goto(`${store.url}/account.php`);
      await tab.waitForSelector('bc-customer-widget[state=ready]');
      return tab;
    },
    outcome: () =>
      page.evaluate(() => {
        const asked = (window as unknown as { asked: string[] }).asked;
        const widget = document.querySelector('bc-customer-widget') as HTMLElement & {
          state: string;
          error?: { code: string };
        };
        const root = widget.shadowRoot!;
        const text = root.textContent + widget.textContent;
        const words = [...root.querySelectorAll<HTMLElement>('[part=message]')].filter(
          (one) => one.offsetHeight > 0,
        );
        const hasData = root.querySelector('[part=fact-value],[part=text]') !== null;
        const owner: Outcome['shown'] = text.includes('1,240')
          ? 'Ada'
          : hasData
            ? text.includes('Points')
              ? 'Grace'
              : 'other'
            : '';
        return {
          state: widget.state,
          code: widget.error?.code ?? '',
          words: words.map((one) => one.textContent.replace(/\s+/g, ' ').trim()).join(' '),
          tokenRequests: asked.filter((address) => address.includes('current.jwt')).length,
          exchanges: asked.filter((address) => address.includes('/rewards')).length,
          shown: owner,
        };
      }),
    places: () => placesWithToken(page, visitor),
    async close() {
      await visitor.close();
      await store.close();
    },
  };
}
