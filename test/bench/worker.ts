/** The exchange in a Worker beside the same on Node, over HTTP on this machine. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { app } from '../server/attack-matrix.js';
import type { Bench } from './support/bench.js';
import type { ServerUsage } from './support/exchange-server.js';
import { exchangeRequest, sendLoad } from './support/http-load.js';
import { inWords, ratioOf, spreadOf, type Spread } from './support/statistics.js';

const connections = 8;

export interface WorkerFigures {
  /** Requests per second. */
  worker: Spread;
  node: Spread;
  /** Worker beside Node, round by round. */
  ratio: Spread;
}

const bench: Bench<WorkerFigures> = async ({ progress, isTiny }) => {
  const rounds = isTiny ? 1 : 15;
  const node = fork(fileURLToPath(new URL('support/exchange-server.ts', import.meta.url)));
  const worker = await startWorker();
  try {
    node.send('usage');
    const [{ port }] = (await once(node, 'message')) as [ServerUsage];
    const ports = { worker: Number((await worker.ready).port), node: port };
    const rates: Record<keyof typeof ports, number[]> = { worker: [], node: [] };
    for (let round = -1; round < rounds; round += 1) {
      progress(`round ${Math.max(0, round) + 1} of ${rounds}`);
      for (const where of ['worker', 'node'] as const) {
        const request = await exchangeRequest('exchange', ports[where]);
        const duration = isTiny ? 100 : 400;
        const load = await sendLoad({ port: ports[where], request, connections, duration });
        if (load.errors > 0) throw new Error(`${load.errors} requests failed in ${where}.`);
        if (round >= 0) rates[where].push((1000 * load.answers) / load.duration);
      }
    }
    const figures = {
      worker: spreadOf(rates.worker),
      node: spreadOf(rates.node),
      ratio: ratioOf(rates.worker, rates.node),
    };
    return {
      tables: [
        {
          caption: `The same exchange, ${connections} connections`,
          head: ['Where', 'Requests per second', '÷ Node'],
          rows: [
            ['Node', inWords(figures.node, 0), '1.00'],
            ['workerd, by Miniflare', inWords(figures.worker, 0), inWords(figures.ratio, 2)],
          ],
        },
      ],
      targets: [],
      failures: [],
      notes: ['Miniflare hands each request on to workerd; a deployed Worker has no such detour.'],
      figures,
    };
  } finally {
    node.disconnect();
    await worker.dispose();
  }
};
export default bench;

async function startWorker(): Promise<Miniflare> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('support/worker-exchange.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    write: false,
  });
  return new Miniflare({
    modules: true,
    script: outputFiles[0]?.text ?? '',
    compatibilityDate: '2025-07-01',
    bindings: { ...app },
    host: '127.0.0.1',
    port: 0,
    // Otherwise it would fetch a sample of request metadata from the network.
    cf: false,
  });
}
