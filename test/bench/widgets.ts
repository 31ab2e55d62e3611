/** What one, ten and a hundred widgets on a page cost together. */
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../support/storefront.js';
import type { Bench } from './support/bench.js';
import { openDistantShop, timeToData, type DistantShop } from './support/distance.js';
import { traceTasks } from './support/trace.js';
import { inWords, ratioOf, spreadOf, type Spread } from './support/statistics.js';

const promised = 12;

interface Cost {
  tokens: number;
  exchanges: number;
  /** Milliseconds of the processor. */
  script: number;
  /** Milliseconds of the processor for style and layout. */
  layout: number;
  /** Bytes of the JavaScript heap after a collection. */
  heap: number;
}

export interface Widgets {
  widgets: number;
  requests: number;
  script: Spread;
  /** Of one widget's time, round by round. */
  ratio: Spread;
  layout: Spread;
  heap: Spread;
}

const bench: Bench<Widgets[]> = async ({ progress, isTiny }) => {
  const numbers = isTiny ? [1, 2] : [1, 10, 100];
  const rounds = isTiny ? 1 : 15;
  const browser = await launchBrowser();
  const shop = await openDistantShop();
  const costs = new Map<number, Cost[]>(numbers.map((number) => [number, []]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const number of numbers) costs.get(number)!.push(await costOf(browser, shop, number));
    }
  } finally {
    shop.close();
    await browser.close();
  }
  const one = costs.get(1)!.map(({ script }) => script);
  const failures: string[] = [];
  const figures = [...costs].map(([widgets, all]): Widgets => {
    const of = (what: keyof Cost) => all.map((cost) => cost[what]);
    const most = Math.max(...of('tokens'), ...of('exchanges'));
    if (most !== 1) failures.push(`${widgets} widgets made ${most} requests of a kind instead of 1.`);
    return {
      widgets,
      requests: Math.max(...of('tokens')) + Math.max(...of('exchanges')),
      script: spreadOf(of('script')),
      ratio: ratioOf(of('script'), one),
      layout: spreadOf(of('layout')),
      heap: spreadOf(of('heap').map((bytes) => bytes / 1e6)),
    };
  });
  const last = figures.at(-1)!;
  return {
    tables: [
      {
        caption: 'Identical widgets on one page',
        head: ['Widgets', 'Requests', 'Scripting, ms', '÷ one', 'Style and layout, ms', 'Heap, MB'],
        rows: figures.map(({ widgets, requests, script, ratio, layout, heap }) => [
          String(widgets),
          String(requests),
          inWords(script),
          inWords(ratio, 2),
          inWords(layout),
          inWords(heap, 2),
        ]),
      },
    ],
    targets: [
      {
        what: `scripting of ${last.widgets} widgets`,
        measured: `${inWords(last.ratio, 2)} × one`,
        limit: `${promised} ×`,
        isMet: last.ratio.median <= promised,
      },
    ],
    failures,
    notes: [
      'Requests are the token and the exchange. The files are in the cache, and each page is a process of its own.',
      "Scripting is taken from a trace and has the promise callbacks in it, which CDP's ScriptDuration leaves out.",
    ],
    figures,
  };
};
export default bench;

async function costOf(browser: Browser, shop: DistantShop, widgets: number): Promise<Cost> {
  const page = await browser.newPage();
  try {
    await shop.order(0);
    const tasks = await traceTasks(page, async () => {
      await timeToData(page, shop.address({ contender: 'widget', wire: 'remembered', widgets }));
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    const { tokens, exchanges } = await shop.order(0);
    const session = await page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    return {
      tokens,
      exchanges,
      script: tasks.reduce((sum, { scripting }) => sum + scripting, 0),
      layout: tasks.reduce((sum, { layout }) => sum + layout, 0),
      heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN,
    };
  } finally {
    await page.close();
  }
}
