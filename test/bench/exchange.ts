/** The whole exchange over HTTP beside a route that only verifies, and under full load for a while. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench } from './support/bench.js';
import type { ServerUsage } from './support/exchange-server.js';
import { exchangeRequest, sendLoad } from './support/http-load.js';
import { inWords, ratioOf, spreadOf, type Spread } from './support/statistics.js';

const connections = 32;
const paths = ['exchange', 'bare'] as const;
type Path = (typeof paths)[number];

/** Of the bare route's throughput. */
const promised = 0.75;

export interface Exchange {
  /** Requests per second. */
  rate: Record<Path, Spread>;
  /** Microseconds of the server's processor for a request. */
  cost: Record<Path, Spread>;
  /** Round by round. */
  ratio: Spread;
  soak: Soak;
}

interface Soak {
  seconds: number;
  answers: number;
  errors: number;
  /** Bytes at most, in the second third and in the last. */
  memory: { second: number; last: number };
}

const bench: Bench<Exchange> = async ({ progress, isTiny }) => {
  const server = fork(fileURLToPath(new URL('support/exchange-server.ts', import.meta.url)));
  try {
    const { port } = await usageOf(server);
    const compared = await compare(server, port, isTiny ? 1 : 12, isTiny ? 50 : 500, progress);
    const load = await soak(server, port, isTiny ? 0.6 : 60, progress);
    return resultOf({ ...compared, soak: load });
  } finally {
    server.disconnect();
  }
};
export default bench;

async function compare(
  server: ChildProcess,
  port: number,
  rounds: number,
  duration: number,
  progress: (text: string) => void,
): Promise<Omit<Exchange, 'soak'>> {
  const rates: Record<Path, number[]> = { exchange: [], bare: [] };
  const costs: Record<Path, number[]> = { exchange: [], bare: [] };
  // The first round, in which the code is compiled, does not count.
  for (let round = -1; round < rounds; round += 1) {
    progress(`round ${Math.max(0, round) + 1} of ${rounds}`);
    for (const path of paths) {
      const request = await exchangeRequest(path, port);
      const before = await usageOf(server);
      const load = await sendLoad({ port, request, connections, duration });
      if (load.errors > 0) throw new Error(`${load.errors} requests to /${path} failed.`);
      if (round < 0) continue;
      rates[path].push((1000 * load.answers) / load.duration);
      costs[path].push(((await usageOf(server)).processor - before.processor) / load.answers);
    }
  }
  return {
    rate: { exchange: spreadOf(rates.exchange), bare: spreadOf(rates.bare) },
    cost: { exchange: spreadOf(costs.exchange), bare: spreadOf(costs.bare) },
    ratio: ratioOf(rates.exchange, rates.bare),
  };
}

async function soak(
  server: ChildProcess,
  port: number,
  seconds: number,
  progress: (text: string) => void,
): Promise<Soak> {
  progress(`${seconds} s at full load`);
  const request = await exchangeRequest('exchange', port);
  const memory: number[] = [];
  const sampling = setInterval(() => {
    void usageOf(server).then((usage) => memory.push(usage.memory));
  }, 100);
  const { answers, errors } = await sendLoad({ port, request, connections, duration: 1000 * seconds });
  clearInterval(sampling);
  const third = Math.floor(memory.length / 3);
  return {
    seconds,
    answers,
    errors,
    memory: {
      second: Math.max(...memory.slice(third, 2 * third)),
      last: Math.max(...memory.slice(2 * third)),
    },
  };
}

function resultOf(figures: Exchange): Awaited<ReturnType<typeof bench>> {
  const { rate, cost, ratio, soak } = figures;
  const growth = soak.memory.last / soak.memory.second;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  return {
    tables: [
      {
        caption: `Over HTTP, ${connections} connections`,
        head: ['Route', 'Requests per second', 'Processor, µs each'],
        rows: [
          ['whole exchange', inWords(rate.exchange, 0), inWords(cost.exchange, 0)],
          ['only jose and a JSON answer', inWords(rate.bare, 0), inWords(cost.bare, 0)],
        ],
      },
      {
        caption: `${soak.seconds} s at full load`,
        head: ['Answers', 'Errors', 'Peak memory, second third', 'Last third', 'Growth'],
        rows: [
          [
            soak.answers.toLocaleString('en-US'),
            String(soak.errors),
            megabytes(soak.memory.second),
            megabytes(soak.memory.last),
            growth.toFixed(2),
          ],
        ],
      },
    ],
    targets: [
      {
        what: 'exchange over HTTP',
        measured: `${inWords(ratio, 2)} × a route that only verifies`,
        limit: `${promised.toFixed(2)} × at least`,
        isMet: ratio.median >= promised,
      },
      {
        what: 'memory under full load',
        measured: `${growth.toFixed(2)} × in the last third`,
        limit: '1.10 ×',
        isMet: growth <= 1.1,
      },
    ],
    failures: soak.errors > 0 ? [`${soak.errors} requests failed under full load.`] : [],
    notes: [],
    figures,
  };
}

async function usageOf(server: ChildProcess): Promise<ServerUsage> {
  server.send('usage');
  const [usage] = (await once(server, 'message')) as [ServerUsage];
  return usage;
}
