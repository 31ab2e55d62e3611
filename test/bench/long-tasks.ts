/** What a normal card makes the main thread of a slow device do, beside the same page without it. */
import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser, signIn, startStorefront, visit, type Storefront } from '../support/storefront.js';
import type { Bench, Table } from './support/bench.js';
import { inWords, spreadOf } from './support/statistics.js';
import { traceTasks, type Task } from './support/trace.js';

/** As slow as a phone of the middle class beside a desktop computer. */
const slowdown = 4;

/** Milliseconds, as the Long Tasks specification has it. */
const long = 50;

const kinds = ['with', 'without'] as const;
type Kind = (typeof kinds)[number];

export interface LongTasks {
  /** Runs, each with its tasks of more than 50 ms of the processor. */
  runs: Record<Kind, Task[][]>;
}

const bench: Bench<LongTasks> = async ({ progress, isTiny }) => {
  const rounds = isTiny ? 1 : 15;
  const browser = await launchBrowser();
  const tabs = {
    with: await openShop(browser, {}),
    without: await openShop(browser, { bcw_show_on_account: false }),
  };
  const counted: Record<Kind, Task[][]> = { with: [], without: [] };
  const attributed: Task[][] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const kind of kinds) counted[kind].push(await tasksOf(tabs[kind], kind, false));
      // The profiler takes time itself: what it saw is not counted.
      if (round < 5) attributed.push(await tasksOf(tabs.with, 'with', true));
    }
  } finally {
    for (const { store } of Object.values(tabs)) await store.close();
    await browser.close();
  }
  const numbers = {
    with: counted.with.map((tasks) => tasks.filter(isLong).length),
    without: counted.without.map((tasks) => tasks.filter(isLong).length),
  };
  const caused = spreadOf(numbers.with.map((number, round) => number - numbers.without[round]!));
  return {
    tables: [countTable(counted, numbers), ownerTable(attributed)],
    targets: [
      {
        what: `long tasks that a normal card adds, ${slowdown} × slowdown`,
        measured: inWords(caused, 0),
        limit: '0',
        isMet: caused.median <= 0,
      },
    ],
    failures: [],
    notes: [
      'Each run is a new tab, so a new process of the browser: what a process does once is in every run.',
      "Counted is processor time, which other programs on the machine don't add to.",
    ],
    figures: {
      runs: {
        with: counted.with.map((tasks) => tasks.filter(isLong)),
        without: counted.without.map((tasks) => tasks.filter(isLong)),
      },
    },
  };
};
export default bench;

const isLong = ({ threadTime }: Task) => threadTime > long;

const isOwn = (url: string) => url.includes('/bc-customer-widget');

interface Shop {
  store: Storefront;
  page: Page;
}

async function openShop(browser: Browser, themeSettings: Record<string, unknown>): Promise<Shop> {
  const store = await startStorefront({ themeSettings });
  const { page } = await visit(browser);
  await signIn(page, store.url, 'ada@example.com');
  return { store, page };
}

async function tasksOf({ store, page }: Shop, kind: Kind, attribute: boolean): Promise<Task[]> {
  const tab = await page.browserContext().newPage();
  try {
    await tab.setViewport({ width: 1000, height: 900 });
    const session = await tab.createCDPSession();
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const run = async () => {
      await tab.goto(`${store.url}/account.php`);
      if (kind === 'with') await tab.waitForSelector('bc-customer-widget[state=ready]');
      // What comes after the data: painting, and word to other tabs.
      await new Promise((resolve) => setTimeout(resolve, 300));
    };
    return await traceTasks(tab, run, { attribute });
  } finally {
    await tab.close();
  }
}

function countTable(counted: Record<Kind, Task[][]>, numbers: Record<Kind, number[]>): Table {
  const row = (name: string, kind: Kind) => [
    name,
    inWords(spreadOf(numbers[kind]), 0),
    inWords(
      spreadOf(counted[kind].map((tasks) => Math.max(...tasks.map(({ threadTime }) => threadTime)))),
      0,
    ),
    inWords(
      spreadOf(counted[kind].map((tasks) => tasks.reduce((sum, { threadTime }) => sum + threadTime, 0))),
      0,
    ),
  ];
  return {
    caption: `Main thread of the account page, ${slowdown} × slowdown`,
    head: ['Page', `Tasks > ${long} ms`, 'Longest, ms', 'All tasks, ms'],
    rows: [row('Without the widget', 'without'), row('With the widget', 'with')],
  };
}

/** Where the time of long tasks went, in the profiled runs. */
function ownerTable(runs: Task[][]): Table {
  const tasks = runs.flat().filter(isLong);
  const owners = new Map<string, number>();
  const add = (owner: string, time: number) => owners.set(owner, (owners.get(owner) ?? 0) + time);
  for (const { scripts, browser } of tasks) {
    for (const [url, time] of Object.entries(scripts)) add(ownerOf(url), time);
    for (const [kind, time] of Object.entries(browser)) add(`the browser: ${kind}`, time);
  }
  return {
    caption: 'Whose time it is, in the tasks that were long',
    head: ['Whose', 'ms per page'],
    rows: [...owners]
      .map(([owner, time]): [string, number] => [owner, time / runs.length])
      .filter(([, time]) => time >= 1)
      .sort(([, one], [, other]) => other - one)
      .map(([owner, time]) => [owner, time.toFixed(0)]),
  };
}

function ownerOf(url: string): string {
  const file = url.split('/').at(-1) ?? url;
  if (isOwn(url)) return `\`${file}\``;
  return url.startsWith('http') ? `the theme: \`${file}\`` : 'the test itself';
}
