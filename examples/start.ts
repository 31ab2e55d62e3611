// `npm start`: an emulated BigCommerce store with the example theme, and the loyalty backend on the next port.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  backendFaultMiddleware,
  createFaults,
  sampleStore,
  startEmulator,
} from 'bc-customer-widget/emulator';
import { startLoyalty } from './loyalty/server.js';

const USAGE = 'Usage: npm start [-- --port <number>]   (the backend takes the port after it)';

try {
  const port = readPort();
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  buildIfStale();
  await start(port);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(port: number): Promise<void> {
  const { apps, storeHash, customers } = sampleStore;
  const faults = createFaults();
  const backend = await startLoyalty({
    port: port + 1,
    apps,
    storeHashes: [storeHash],
    allowedOrigins: [`http://localhost:${port}`],
    middleware: backendFaultMiddleware(faults),
  });
  const store = await startEmulator({
    port,
    themeDir: 'example-theme',
    faults,
    toolbar: true,
    // What a merchant fills in in the theme editor
    themeSettings: { bcw_app_client_id: apps[0]?.clientId, bcw_backend_url: `${backend.url}/rewards` },
  }).catch(async (error: unknown) => {
    await backend.close();
    throw error;
  });

  console.log(
    [
      '',
      `  Storefront  ${store.url}`,
      `  Backend     ${backend.url}/rewards`,
      '',
      `  Sign in at ${store.url}/login.php as`,
      ...customers.map(({ email, password, name }) => `    ${email.padEnd(18)} ${password}   (${name})`),
      '',
      '  Ready. Ctrl-C stops both.',
    ].join('\n'),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void Promise.all([store.close(), backend.close()]));
  }
}

function readPort(): number {
  const options = { port: { type: 'string', default: '4000' } } as const;
  try {
    const port = Number(parseArgs({ options }).values.port);
    if (Number.isInteger(port) && port >= 1 && port <= 65_534) return port;
    throw new Error('--port takes a number from 1 to 65534.');
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : ''}\n${USAGE}`, { cause: error });
  }
}

/** Builds the browser bundle and the theme's copy of it, unless they are newer than all they are made from. */
function buildIfStale(): void {
  const sources = ['src', 'templates', 'rollup.config.mjs', 'package.json'].map((path) => newest(path));
  const built = Math.min(
    ...['dist/index.js', 'example-theme/assets/bc-customer-widget/bc-customer-widget.min.js'].map(modified),
  );
  if (Math.max(...sources) < built) return;
  console.log('Building …');
  const rollup = fileURLToPath(import.meta.resolve('rollup/dist/bin/rollup'));
  const { status } = spawnSync(process.execPath, [rollup, '-c', '--silent'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed; its messages are above.');
}

function newest(path: string): number {
  if (!statSync(path).isDirectory()) return modified(path);
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
