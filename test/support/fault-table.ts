// The resilience table: everything that can happen to a widget, and what comes of it.
import type { BackendFault, EndpointFault } from 'bc-customer-widget/emulator';
import { signIn } from './storefront.js';
import type { Outcome, Stage } from './fault-stage.js';

export interface Row {
  where: 'token endpoint' | 'backend' | 'page';
  what: string;
  /** Lets it happen. When it has settled, the outcome is read. */
  happen: (stage: Stage) => Promise<void>;
  expected: Outcome;
}

const SIGN_IN = 'Please sign in again to see this.';
const LATER = 'This could not be loaded. Please try again in a moment.';
const NOT_YOURS = 'This is not available for your account.';

type Short = [
  state: string,
  code: string,
  words: string,
  tokens: number,
  exchanges: number,
  shown: Outcome['shown'],
];

const outcome = ([state, code, words, tokenRequests, exchanges, shown]: Short): Outcome => ({
  state,
  code,
  words,
  tokenRequests,
  exchanges,
  shown,
});

const endpoint: [fault: EndpointFault, ...expected: Short][] = [
  ['guest', 'guest', '', '', 1, 0, ''],
  ['401', 'error', 'token-unavailable', SIGN_IN, 1, 0, ''],
  ['403', 'error', 'token-unavailable', SIGN_IN, 1, 0, ''],
  ['html-404', 'error', 'token-unavailable', SIGN_IN, 1, 0, ''],
  ['429', 'error', 'rate-limited', LATER, 3, 0, ''],
  ['500', 'error', 'token-unavailable', SIGN_IN, 1, 0, ''],
  ['503', 'error', 'token-unavailable', SIGN_IN, 3, 0, ''],
  ['html', 'error', 'token-invalid', SIGN_IN, 1, 0, ''],
  ['empty', 'error', 'token-invalid', SIGN_IN, 1, 0, ''],
  ['json', 'ready', '', '', 1, 1, 'Ada'],
  ['quoted', 'ready', '', '', 1, 1, 'Ada'],
  ['dying', 'ready', '', '', 2, 1, 'Ada'],
  ['other-store', 'error', 'unauthorized', SIGN_IN, 1, 1, ''],
  ['other-app', 'error', 'unauthorized', SIGN_IN, 1, 1, ''],
  ['hs256', 'ready', '', '', 1, 1, 'Ada'],
  ['slow', 'ready', '', '', 1, 1, 'Ada'],
  ['hanging', 'error', 'timeout', LATER, 1, 0, ''],
  ['reset', 'error', 'network', LATER, 3, 0, ''],
  ['redirect', 'error', 'token-unavailable', SIGN_IN, 1, 0, ''],
];

const backend: [fault: BackendFault, ...expected: Short][] = [
  ['unreachable', 'error', 'network', LATER, 3, 3, ''],
  ['cors', 'error', 'network', LATER, 3, 3, ''],
  ['preflight', 'error', 'network', LATER, 3, 3, ''],
  ['expired', 'error', 'unauthorized', SIGN_IN, 2, 2, ''],
  ['invalid', 'error', 'unauthorized', SIGN_IN, 1, 1, ''],
  ['403', 'error', 'forbidden', NOT_YOURS, 1, 1, ''],
  ['404', 'error', 'backend-error', LATER, 1, 1, ''],
  ['409', 'error', 'backend-error', LATER, 1, 1, ''],
  ['422', 'error', 'backend-error', LATER, 1, 1, ''],
  ['429', 'error', 'rate-limited', LATER, 3, 3, ''],
  ['retry-after', 'error', 'rate-limited', LATER, 3, 3, ''],
  ['500', 'error', 'backend-error', LATER, 1, 1, ''],
  ['503', 'error', 'backend-error', LATER, 3, 3, ''],
  ['redirect', 'error', 'network', LATER, 3, 3, ''],
  ['content-type', 'error', 'invalid-response', LATER, 1, 1, ''],
  ['truncated', 'error', 'invalid-response', LATER, 1, 1, ''],
  ['large', 'error', 'invalid-response', LATER, 1, 1, ''],
  ['slow-start', 'ready', '', '', 1, 1, 'Ada'],
  ['slow-body', 'ready', '', '', 1, 1, 'other'],
  ['reset-halfway', 'error', 'network', LATER, 3, 3, ''],
];

type Widget = HTMLElement & { refresh: () => Promise<void> };

/** Runs in the page. */
const refresh = () => document.querySelector<Widget>('bc-customer-widget')!.refresh();

async function placeSettled(stage: Stage): Promise<void> {
  await stage.place();
  await stage.settle();
}

const stateIs = (stage: Stage, state: string) =>
  stage.page.waitForSelector(`bc-customer-widget[state=${state}]`);

const page: [what: string, happen: Row['happen'], ...expected: Short][] = [
  [
    'offline',
    async (stage) => {
      await placeSettled(stage);
      await stage.page.setOfflineMode(true);
      await stage.page.evaluate(refresh);
    },
    ...(['error', 'network', LATER, 2, 1, 'Ada'] as Short),
  ],
  [
    'offline, then online again',
    async (stage) => {
      await placeSettled(stage);
      await stage.page.setOfflineMode(true);
      await stage.page.evaluate(refresh);
      await stage.page.setOfflineMode(false);
      await stateIs(stage, 'ready');
    },
    ...(['ready', '', '', 3, 2, 'Ada'] as Short),
  ],
  [
    'hidden for an hour',
    async (stage) => {
      await placeSettled(stage);
      await leaveForAnHour(stage);
      await stage.page.waitForFunction(() => (window as unknown as { asked: string[] }).asked.length === 3);
    },
    ...(['ready', '', '', 2, 1, 'Ada'] as Short),
  ],
  [
    'hidden for an hour, signed out meanwhile',
    async (stage) => {
      await placeSettled(stage);
      await stage.page.evaluate(() => fetch('/login.php?action=logout'));
      await leaveForAnHour(stage);
      await stateIs(stage, 'guest');
    },
    ...(['guest', '', '', 2, 1, ''] as Short),
  ],
  [
    'sign-out in another tab',
    async (stage) => {
      await placeSettled(stage);
      const tab = await stage.openTab();
      await tab.evaluate(() => fetch('/login.php?action=logout'));
      await tab.evaluate(refresh);
      await stateIs(stage, 'guest');
      await tab.close();
    },
    ...(['guest', '', '', 2, 1, ''] as Short),
  ],
  [
    'account switch in another tab',
    async (stage) => {
      await placeSettled(stage);
      const tab = await stage.openTab();
      await signIn(tab, stage.store.url, 'grace@example.com');
      await stage.page.waitForFunction(
        () => !document.querySelector('bc-customer-widget')!.shadowRoot!.textContent.includes('1,240'),
      );
      await stateIs(stage, 'ready');
      await tab.close();
    },
    ...(['ready', '', '', 2, 2, 'Grace'] as Short),
  ],
  [
    'element moved',
    async (stage) => {
      await placeSettled(stage);
      await stage.page.evaluate(() => {
        document.body.prepend(document.querySelector('bc-customer-widget')!);
      });
    },
    ...(['ready', '', '', 1, 1, 'Ada'] as Short),
  ],
  [
    'element removed and put back',
    async (stage) => {
      await placeSettled(stage);
      await stage.page.evaluate(async () => {
        const widget = document.querySelector('bc-customer-widget')!;
        widget.remove();
        await new Promise((resolve) => setTimeout(resolve));
        document.body.append(widget);
      });
      await stage.page.waitForFunction(
        () =>
          (window as unknown as { asked: string[] }).asked.filter((one) => one.includes('/rewards'))
            .length === 2,
      );
      await stateIs(stage, 'ready');
    },
    ...(['ready', '', '', 2, 2, 'Ada'] as Short),
  ],
  [
    'element cloned',
    async (stage) => {
      await placeSettled(stage);
      await stage.page.evaluate(() => {
        const widget = document.querySelector('bc-customer-widget')!;
        const clone = widget.cloneNode(true) as HTMLElement;
        clone.removeAttribute('state');
        widget.before(clone);
      });
      await stateIs(stage, 'ready');
      await stage.page.waitForFunction(
        () => document.querySelectorAll('bc-customer-widget[state=ready]').length === 2,
      );
    },
    ...(['ready', '', '', 2, 2, 'Ada'] as Short),
  ],
  [
    'attribute changed mid-flight',
    async (stage) => {
      stage.faults.backend = 'slow-start';
      await stage.place();
      await stage.page.waitForFunction(() =>
        (window as unknown as { asked: string[] }).asked.some((one) => one.includes('/rewards')),
      );
      stage.faults.backend = null;
      await stage.page.evaluate(() => {
        const widget = document.querySelector('bc-customer-widget')!;
        widget.setAttribute('backend-url', `${widget.getAttribute('backend-url')}&changed`);
      });
      await stateIs(stage, 'ready');
    },
    ...(['ready', '', '', 2, 2, 'Ada'] as Short),
  ],
  [
    'a second copy of the bundle',
    async (stage) => {
      await stage.place();
      await stage.page.evaluate(async () => {
        const script = document.querySelector<HTMLScriptElement>('script[src*="bc-customer-widget"]')!;
        await import(`${script.src}?copy=2`);
      });
      await stage.settle();
    },
    ...(['ready', '', '', 1, 1, 'Ada'] as Short),
  ],
];

async function leaveForAnHour({ page: tab }: Stage): Promise<void> {
  await tab.evaluate(() => {
    const clock = Date.now.bind(Date);
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
    Date.now = () => clock() + 3_600_000;
    delete (document as unknown as { hidden?: boolean }).hidden;
    document.dispatchEvent(new Event('visibilitychange'));
    Date.now = clock;
  });
}

/** Each row leaves the stage as it was: Ada signed in, nothing wrong. */
export const faultTable: Row[] = [
  ...endpoint.map(([fault, ...expected]): Row => ({
    where: 'token endpoint',
    what: fault,
    async happen(stage) {
      stage.faults.endpoint = fault;
      await stage.place();
      await stage.settle();
    },
    expected: outcome(expected),
  })),
  ...backend.map(([fault, ...expected]): Row => ({
    where: 'backend',
    what: fault,
    async happen(stage) {
      stage.faults.backend = fault;
      await stage.place();
      await stage.settle();
    },
    expected: outcome(expected),
  })),
  ...page.map(([what, happen, ...expected]): Row => ({
    where: 'page',
    what,
    happen,
    expected: outcome(expected),
  })),
];

/** Lets a row happen and tells what came of it. */
export async function play({ where, happen }: Row, stage: Stage): Promise<Outcome> {
  try {
    await happen(stage);
    return await stage.outcome();
  } finally {
    stage.faults.endpoint = stage.faults.backend = null;
    if (where === 'page') {
      await stage.page.setOfflineMode(false);
      await signIn(stage.page, stage.store.url, 'ada@example.com');
    }
  }
}
