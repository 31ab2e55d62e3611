/** The whole exchange over HTTP beside a route that only verifies, and a minute at full load. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signCurrentCustomer } from '../../src/server/index.js';
import { app } from '../server/attack-matrix.js';
import type { Bench } from './run.js';
import type { ServerUsage } from './support/exchange-server.js';
import { sendLoad } from './support/http-load.js';

const connections = 32;
const soakDuration = 60_000;

const bench: Bench = async () => {
  const server = fork(fileURLToPath(new URL('support/exchange-server.ts', import.meta.url)));
  try {
    const { port } = await usageOf(server);
    const isFast = await compareThroughput(server, port);
    const isSteady = await soak(server, port);
    return isFast && isSteady;
  } finally {
    server.disconnect();
  }
};
export default bench;

/** At least 0.75 of the bare route is promised. The two take turns; the best turn of each counts. */
async function compareThroughput(server: ChildProcess, port: number): Promise<boolean> {
  const best = { exchange: 0, bare: 0 };
  const cost = { exchange: Infinity, bare: Infinity };
  for (let round = 0; round < 24; round += 1) {
    for (const path of ['exchange', 'bare'] as const) {
      const request = await requestFor(path, port);
      const before = await usageOf(server);
      const { answers, errors, duration } = await sendLoad({ port, request, connections, duration: 500 });
      if (errors > 0) throw new Error(`${errors} requests to /${path} failed.`);
      best[path] = Math.max(best[path], (1000 * answers) / duration);
      cost[path] = Math.min(cost[path], ((await usageOf(server)).processor - before.processor) / answers);
    }
  }
  const ratio = best.exchange / best.bare;
  const figures = (path: 'exchange' | 'bare') =>
    `${Math.round(best[path]).toLocaleString('en-US')}/s (${cost[path].toFixed(0)} µs of processor each)`;
  console.log(
    `exchange ${figures('exchange')}, bare route ${figures('bare')}: ` +
      `${ratio.toFixed(2)} of its throughput (promised: 0.75)`,
  );
  return ratio >= 0.75;
}

/** No error, and a peak of memory in the last third of at most 1.1 times that of the second third. */
async function soak(server: ChildProcess, port: number): Promise<boolean> {
  const request = await requestFor('exchange', port);
  const memory: number[] = [];
  const sampling = setInterval(() => {
    void usageOf(server).then((usage) => memory.push(usage.memory));
  }, 250);
  const { answers, errors } = await sendLoad({ port, request, connections, duration: soakDuration });
  clearInterval(sampling);
  const third = Math.floor(memory.length / 3);
  const second = Math.max(...memory.slice(third, 2 * third));
  const last = Math.max(...memory.slice(2 * third));
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `${soakDuration / 1000} s at full load: ${answers.toLocaleString('en-US')} answers, ${errors} errors; ` +
      `peak memory ${megabytes(second)} in the second third, ${megabytes(last)} in the last: ` +
      `${(last / second).toFixed(2)} (promised: at most 1.10)`,
  );
  return errors === 0 && last <= 1.1 * second;
}

async function usageOf(server: ChildProcess): Promise<ServerUsage> {
  server.send('usage');
  const [usage] = (await once(server, 'message')) as [ServerUsage];
  return usage;
}

async function requestFor(path: string, port: number): Promise<string> {
  const token = await signCurrentCustomer({ id: 1, email: 'ada@example.com' }, app);
  return [
    `GET /${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Origin: https://shop.example.com',
    'Accept: application/json',
    `Authorization: Bearer ${token}`,
    '\r\n',
  ].join('\r\n');
}
