/** Runs the Worker on this machine, in the engine that runs it at Cloudflare (workerd, by Miniflare). */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import type { WorkerEnvironment } from './worker.js';

/** Starts it on loopback; port 0 takes any free one. Not the binding but `dispose()` stops it. */
export async function startWorker(environment: WorkerEnvironment, port: number): Promise<Miniflare> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    write: false,
  });
  const worker = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text ?? '',
    compatibilityDate: await readCompatibilityDate(),
    bindings: { ...environment },
    host: '127.0.0.1',
    port,
    // Otherwise it would fetch a sample of request metadata from the network.
    cf: false,
  });
  await worker.ready;
  return worker;
}

/** The date that is deployed with, so that the same engine behaviour is tried here. */
async function readCompatibilityDate(): Promise<string> {
  const text = await readFile(new URL('wrangler.jsonc', import.meta.url), 'utf8');
  const date = /"compatibility_date": "([\d-]+)"/.exec(text)?.[1];
  if (!date) throw new Error('wrangler.jsonc has no compatibility_date.');
  return date;
}
