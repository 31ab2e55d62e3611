// The token is not kept: after everything that a widget does, no token is reachable in the page's JavaScript heap.
// Controls keep one on purpose, in every way that has ever been a mistake, and must be found.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { beforeEach, describe, it } from 'node:test';
import type { CDPSession } from 'puppeteer-core';
import { sampleStore, type Faults } from 'bc-customer-widget/emulator';
import { waysToStrings } from '../support/heap.js';
import { openShop } from '../support/shop.js';
import { signIn, visit } from '../support/storefront.js';

/** Any part of a JWT that begins like one. The tests' own sources have none. */
const TOKEN = /eyJ[\w-]{20,}/;
const TOKEN_URL = `/customer/current.jwt?app_client_id=${sampleStore.apps[0]!.clientId}`;
const faults: Faults = { endpoint: null, backend: null };

type Widget = HTMLElement & { refresh: () => Promise<void>; clear: () => void; state: string };

const { browser, store } = await openShop({ faults });
const { page } = await visit(browser);
await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
/** Ada on her account page, where the widget has loaded. She stays signed in unless a test has brought somebody else. */
beforeEach(async () => {
  faults.endpoint = faults.backend = null;
  await page.goto(`${store.url}/account.php`);
  if (!(await page.$('bc-customer-widget[customer-id="1"]'))) {
    await signIn(page, store.url, 'ada@example.com');
  }
  await page.waitForSelector('bc-customer-widget[state=ready]');
});

const refresh = () => page.$eval('bc-customer-widget', (widget) => (widget as Widget).refresh());

async function change(attributes: Record<string, string>, state = 'ready'): Promise<void> {
  await page.$eval(
    'bc-customer-widget',
    (widget, given) => {
      for (const [name, value] of Object.entries(given)) widget.setAttribute(name, value);
    },
    attributes,
  );
  await page.waitForFunction(
    (wanted) => document.querySelector('bc-customer-widget')?.getAttribute('state') === wanted,
    {},
    state,
  );
}

/** Tells when a message was sent over a WebSocket of the page. */
async function followSockets(session: CDPSession): Promise<EventEmitter> {
  const events = new EventEmitter();
  session.on('Network.webSocketFrameSent', () => events.emit('sent'));
  await session.send('Network.enable');
  return events;
}

describe('no token is reachable in the heap', () => {
  const scenarios: [what: string, act: () => Promise<unknown>][] = [
    ['after a load', () => Promise.resolve()],
    [
      'after refreshes',
      async () => {
        await refresh();
        await refresh();
      },
    ],
    [
      'after a hundred widgets at once',
      async () => {
        await page.$eval('bc-customer-widget', (widget) => {
          for (let count = 0; count < 100; count += 1) widget.after(widget.cloneNode());
        });
        await page.waitForFunction(
          () => document.querySelectorAll('bc-customer-widget[state=ready]').length === 101,
        );
      },
    ],
    [
      'after retries',
      async () => {
        faults.backend = '503';
        await refresh();
      },
    ],
    [
      'after a renewal',
      async () => {
        faults.endpoint = 'dying';
        await refresh();
      },
    ],
    [
      'while a retry is waited for',
      async () => {
        faults.backend = 'retry-after';
        await page.$eval('bc-customer-widget', (widget) => void (widget as Widget).refresh());
        await page.waitForResponse((response) => response.status() === 429);
      },
    ],
    ...(['expired', 'invalid', '403', '500', 'truncated', 'cors', 'reset-halfway'] as const).map(
      (fault): [string, () => Promise<unknown>] => [
        `after a backend that fails (${fault})`,
        async () => {
          faults.backend = fault;
          await refresh();
        },
      ],
    ),
    ...(['json', 'quoted', 'other-app', 'html', 'hanging'] as const).map(
      (fault): [string, () => Promise<unknown>] => [
        `after a token endpoint in a mood (${fault})`,
        async () => {
          faults.endpoint = fault;
          const timeout = fault === 'hanging' ? '500' : '9000';
          await change({ timeout }, fault === 'json' || fault === 'quoted' ? 'ready' : 'error');
        },
      ],
    ),
    ...(['header', 'json', 'form', 'text'] as const).map((transport): [string, () => Promise<unknown>] => [
      `with the transport ${transport}`,
      async () => {
        const answered = page.waitForResponse((response) => response.url().includes('/rewards'));
        await change({ transport });
        await answered;
        await page.waitForSelector('bc-customer-widget[state=ready]');
      },
    ]),
    [
      'after an abort in mid-flight',
      async () => {
        faults.backend = 'slow-start';
        await page.$eval('bc-customer-widget', (widget) => void (widget as Widget).refresh());
        await page.waitForRequest((request) => request.url().includes('/rewards'));
        await page.$eval('bc-customer-widget', (widget) => {
          (widget as Widget).clear();
        });
      },
    ],
    [
      'after another tab was told',
      async () => {
        const tab = await page.browserContext().newPage();
        await signIn(tab, store.url, 'grace@example.com');
        await tab.waitForSelector('bc-customer-widget[state=ready]');
        await page.waitForFunction(
          () => !document.querySelector('bc-customer-widget')!.shadowRoot!.textContent.includes('1,240'),
        );
        await page.waitForSelector('bc-customer-widget[state=ready]');
        await tab.close();
      },
    ],
    [
      'after the page was put away and is back',
      async () => {
        await page.evaluate(() => {
          dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        });
        await page.waitForSelector('bc-customer-widget[state=ready]');
      },
    ],
    [
      'after an action',
      async () => {
        const answered = page.waitForResponse(
          (response) => response.url().includes('/actions/') && response.request().method() === 'POST',
        );
        // Puppeteer's own search would have to reach into the shadow root, and wait there.
        const click = (selector: string, words: string) =>
          page.waitForFunction(
            (wanted, text) => {
              const root = document.querySelector('bc-customer-widget')!.shadowRoot!;
              const found = [...root.querySelectorAll<HTMLElement>(wanted)];
              const button = found.find((one) => one.textContent.includes(text));
              button?.click();
              return button !== undefined;
            },
            { timeout: 5000 },
            selector,
            words,
          );
        await click('button', 'Redeem');
        await click('dialog[open] .primary', '');
        await answered;
        await page.waitForFunction(() =>
          document.querySelector('bc-customer-widget')!.shadowRoot!.textContent.includes('1,140'),
        );
      },
    ],
    [
      'with live updates',
      async () => {
        const greeted = once(await page.createCDPSession().then(followSockets), 'sent');
        await change({ 'live-url': `${new URL(store.backendUrl).origin.replace('http', 'ws')}/live` });
        await greeted;
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
    ],
    [
      'after it was removed',
      async () => {
        await page.$eval('bc-customer-widget', (widget) => {
          widget.remove();
        });
      },
    ],
  ];
  for (const [what, act] of scenarios) {
    it(what, async () => {
      await act();
      assert.deepEqual(await waysToStrings(page, TOKEN), []);
    });
  }
});

describe('a token that is kept is found', () => {
  /** Fetches a token and keeps it, in the page. */
  const leaks: [where: string, leak: (address: string) => Promise<void>][] = [
    [
      'in a field of the element',
      async (address) => {
        const token = await (await fetch(address)).text();
        Object.assign(document.querySelector('bc-customer-widget')!, { kept: token });
      },
    ],
    [
      'in a closure',
      async (address) => {
        const token = await (await fetch(address)).text();
        document.querySelector('bc-customer-widget')!.addEventListener('click', () => {
          document.title = token;
        });
      },
    ],
    [
      'in a promise',
      (address) => {
        Object.assign(window, { kept: fetch(address).then((response) => response.text()) });
        return (window as unknown as { kept: Promise<void> }).kept.then(() => undefined);
      },
    ],
    [
      'as the key of a map',
      async (address) => {
        Object.assign(window, { kept: new Map([[await (await fetch(address)).text(), 1]]) });
      },
    ],
    [
      'in the last match of a regular expression',
      async (address) => {
        /^\w+\./.test(await (await fetch(address)).text());
      },
    ],
    [
      "in an error's message",
      async (address) => {
        Object.assign(window, { kept: new Error(await (await fetch(address)).text()) });
      },
    ],
    [
      'in an async function that waits',
      async (address) => {
        const wait = async () => {
          const token = await (await fetch(address)).text();
          await new Promise((resolve) => setTimeout(resolve, 60_000));
          document.title = token;
        };
        void wait();
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
    ],
  ];
  for (const [where, leak] of leaks) {
    it(where, async () => {
      await page.evaluate(leak, TOKEN_URL);
      assert.notDeepEqual(await waysToStrings(page, TOKEN), []);
    });
  }
});
