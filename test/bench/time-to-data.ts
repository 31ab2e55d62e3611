/** From the first line of the script to data on the page, over the round trip, beside the least that is possible. */
import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser } from '../support/storefront.js';
import type { Bench, Table, Target } from './support/bench.js';
import type { Contender, Moments, Wire } from './support/contenders.js';
import { openDistantShop, timeToData, type DistantShop } from './support/distance.js';
import { inWords, ratioOf, spreadOf, type Spread } from './support/statistics.js';

type Cache = 'warm' | 'cold';

interface Setup {
  cache: Cache;
  wire: Wire;
}

interface Situation extends Setup {
  contender: Contender;
}

interface Measured extends Situation {
  /** Milliseconds. */
  roundTrip: number;
  moments: Moments;
  preflights: number;
}

export interface TimeToData extends Situation {
  /** Milliseconds. */
  roundTrip: number;
  time: Spread;
  /** Of the floor's time, round by round. */
  ratio: Spread;
  /** What is not spent on the two requests. */
  own: Record<'before' | 'between' | 'after', Spread>;
}

const setups: Setup[] = [
  { cache: 'warm', wire: 'text' },
  { cache: 'warm', wire: 'remembered' },
  { cache: 'warm', wire: 'asked' },
  { cache: 'cold', wire: 'text' },
  { cache: 'cold', wire: 'asked' },
];

const bench: Bench<TimeToData[]> = async ({ progress, isTiny }) => {
  const roundTrips = isTiny ? [0] : [0, 40, 80, 150, 300];
  const rounds = isTiny ? 1 : 15;
  const browser = await launchBrowser();
  const shop = await openDistantShop();
  const measured: Measured[] = [];
  try {
    const warm = await openWarmPage(browser, shop, isTiny ? 1 : 3);
    for (const roundTrip of roundTrips) {
      for (let round = 0; round < rounds; round += 1) {
        progress(`${roundTrip} ms, round ${round + 1} of ${rounds}`);
        for (const situation of inTurn(round)) {
          measured.push(await measure({ browser, shop, warm, ...situation, roundTrip }));
        }
      }
    }
  } finally {
    shop.close();
    await browser.close();
  }
  const figures = roundTrips.flatMap((roundTrip) =>
    inTurn(0).map(({ contender, ...setup }): TimeToData => {
      const momentsOf = (who: Contender, what: keyof Moments) =>
        measured.filter(isOf({ ...setup, contender: who, roundTrip })).map(({ moments }) => moments[what]);
      const times = momentsOf(contender, 'total');
      return {
        ...setup,
        contender,
        roundTrip,
        time: spreadOf(times),
        ratio: ratioOf(times, momentsOf('floor', 'total')),
        own: {
          before: spreadOf(momentsOf(contender, 'before')),
          between: spreadOf(momentsOf(contender, 'between')),
          after: spreadOf(momentsOf(contender, 'after')),
        },
      };
    }),
  );
  return {
    tables: [
      ...setups.map((setup) => tableOf(setup, figures, roundTrips)),
      ownTable(figures, isTiny ? 0 : 80),
    ],
    targets: targetsOf(figures),
    failures: [],
    notes: preflightNote(measured),
    figures,
  };
};
export default bench;

/** A browser that knows the answer to a preflight may ask anew all the same. */
function preflightNote(measured: Measured[]): string[] {
  const loads = measured.filter(({ wire, contender }) => wire === 'remembered' && contender === 'widget');
  const anew = loads.filter(({ preflights }) => preflights > 0).length;
  if (anew === 0) return [];
  return [
    `Where the preflight was remembered, the browser asked anew for ${anew} of the widget's ${loads.length} loads.`,
  ];
}

/** Everyone in every setup, each round beginning with another one. */
function inTurn(round: number): Situation[] {
  const all = setups.flatMap((setup) => contendersOf(setup).map((contender) => ({ ...setup, contender })));
  const first = (round * 5) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** The snippet posts JSON, for which a browser asks first unless it remembers the answer. */
function contendersOf({ cache, wire }: Setup): Contender[] {
  const hasSnippet = wire === 'remembered' || (cache === 'cold' && wire === 'asked');
  return ['floor', 'widget', ...(hasSnippet ? (['snippet'] as const) : [])];
}

/** A visitor who has seen the shop: files in the cache, a connection to the backend, a preflight remembered. */
async function openWarmPage(browser: Browser, shop: DistantShop, visits: number): Promise<Page> {
  await shop.order(0);
  const page = await (await browser.createBrowserContext()).newPage();
  for (let visit = 0; visit < visits; visit += 1) {
    for (const situation of inTurn(0)) await timeToData(page, shop.address(situation));
  }
  return page;
}

interface Place {
  browser: Browser;
  shop: DistantShop;
  /** The page of the visitor who has seen the shop. */
  warm: Page;
}

/** @throws Error when something else was asked than this is about */
async function measure(what: Place & Situation & { roundTrip: number }): Promise<Measured> {
  const { browser, shop, warm, cache, wire, contender, roundTrip } = what;
  await shop.order(roundTrip);
  const context = cache === 'cold' ? await browser.createBrowserContext() : undefined;
  try {
    const page = context ? await context.newPage() : warm;
    const moments = await timeToData(page, shop.address({ wire, contender }));
    const { tokens, exchanges, preflights } = await shop.order(roundTrip);
    const mayAskAnew = wire === 'remembered' && contender === 'widget';
    const isAsExpected = mayAskAnew || preflights === (wire === 'asked' ? 1 : 0);
    if (tokens !== 1 || exchanges !== 1 || !isAsExpected) {
      throw new Error(
        `${contender}, ${cache}, ${wire}: ${tokens} token requests, ${exchanges} exchanges, ${preflights} preflights.`,
      );
    }
    return { cache, wire, contender, roundTrip, moments, preflights };
  } finally {
    await context?.close();
  }
}

function tableOf(setup: Setup, figures: TimeToData[], roundTrips: number[]): Table {
  const of = (contender: Contender, roundTrip: number) =>
    figures.find(isOf({ ...setup, contender, roundTrip }))!;
  const hasSnippet = contendersOf(setup).includes('snippet');
  return {
    caption: `${capital(setup.cache)}, ${inWordsOf[setup.wire]}`,
    head: [
      'Round trip',
      'Floor, ms',
      'Widget, ms',
      'Widget ÷ floor',
      ...(hasSnippet ? ['Snippet, ms', 'Snippet ÷ floor'] : []),
    ],
    rows: roundTrips.map((roundTrip) => [
      `${roundTrip} ms`,
      inWords(of('floor', roundTrip).time),
      inWords(of('widget', roundTrip).time),
      inWords(of('widget', roundTrip).ratio, 3),
      ...(hasSnippet
        ? [inWords(of('snippet', roundTrip).time), inWords(of('snippet', roundTrip).ratio, 3)]
        : []),
    ]),
  };
}

/** Where the time goes that is not the two requests'. */
function ownTable(figures: TimeToData[], roundTrip: number): Table {
  return {
    caption: `Beside the two requests, at ${roundTrip} ms`,
    head: ['Who', 'Before the token request, ms', 'Between the requests, ms', 'After the answer, ms'],
    rows: figures
      .filter((one) => one.roundTrip === roundTrip && one.contender !== 'snippet')
      .map(({ contender, own, ...setup }) => [
        `${contender}, ${setup.cache}, ${inWordsOf[setup.wire]}`,
        ...[own.before, own.between, own.after].map((spread) => inWords(spread)),
      ]),
  };
}

function isOf({ cache, wire, contender, roundTrip }: Situation & { roundTrip: number }) {
  return (one: Situation & { roundTrip: number }) =>
    one.cache === cache && one.wire === wire && one.contender === contender && one.roundTrip === roundTrip;
}

const inWordsOf: Record<Wire, string> = {
  text: 'without a preflight (`transport="text"`)',
  remembered: 'preflight remembered (`bearer`)',
  asked: 'with a preflight (`bearer`)',
};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function targetsOf(figures: TimeToData[]): Target[] {
  return figures
    .filter(({ contender, cache, wire, roundTrip }) => {
      return contender === 'widget' && cache === 'warm' && wire !== 'asked' && roundTrip in limits;
    })
    .map(({ wire, roundTrip, ratio }) => {
      const limit = limits[roundTrip]!;
      return {
        what: `time to data at ${roundTrip} ms, warm, ${inWordsOf[wire]}`,
        measured: `${inWords(ratio, 3)} × the floor`,
        limit: `${limit.toFixed(2)} ×`,
        isMet: ratio.median <= limit,
      };
    });
}

const limits: Record<number, number> = { 80: 1.05, 300: 1.02 };
