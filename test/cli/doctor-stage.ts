// A storefront and a backend of which anything can be wrong, for doctor to look at.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createAdaptorServer } from '@hono/node-server';
import { startLoyalty } from '../../examples/loyalty/server.js';
import type { Finding } from '../../src/cli/doctor/finding.js';
import { run } from '../../src/cli/program.js';
import {
  backendFaultMiddleware,
  createEmulator,
  sampleStore,
  type Faults,
} from '../../src/emulator/index.js';
import { freePort } from '../support/free-port.js';
import { sessionCookie } from '../support/session-cookie.js';

export const app = sampleStore.apps[0]!;
const { storeHash } = sampleStore;

type Handler = (request: Request, bindings?: object) => Response | Promise<Response>;

export interface Setup {
  faults?: Partial<Faults>;
  /** Replaces the emulated store's answers, or changes them. */
  storefront?: (request: Request, emulated: () => Promise<Response>) => Promise<Response>;
  /** In place of the loyalty backend; gets the storefront's origin. */
  backend?: (origin: string) => Handler;
  /** What the loyalty backend is told. */
  loyalty?: Partial<{ clientSecret: string; storeHashes: string[]; allowedOrigins: string[] }>;
  /** The theme that the store renders. */
  theme?: string;
  /** Theme settings beside the right ones. */
  settings?: Record<string, unknown>;
  /** Doctor's own arguments: they replace the right ones, `undefined` takes them away. */
  told?: Record<string, string | undefined>;
  /** Whether doctor has Ada's cookie. Default: it has. */
  signedIn?: boolean;
}

export interface Outcome {
  code: number;
  out: string;
  error: string;
  findings: Finding[];
  /** What must be nowhere in the output. */
  secrets: string[];
  failures: string[];
  warnings: string[];
}

/** Runs doctor on a storefront and a backend that end with the test. */
export async function consult(test: TestContext, setup: Setup, format = '--json'): Promise<Outcome> {
  const faults: Faults = { endpoint: null, backend: null };
  let answer: Handler = () => new Response(null, { status: 503 });
  const storeUrl = await serve(test, (request, bindings) => answer(request, bindings));
  const backendUrl = await startBackend(test, setup, storeUrl, faults);
  const emulator = createEmulator({
    themeDir: setup.theme ?? 'example-theme',
    faults,
    themeSettings: { bcw_app_client_id: app.clientId, bcw_backend_url: backendUrl, ...setup.settings },
  });
  answer = (request, bindings) => {
    const emulated = () => emulator.fetch(request, bindings);
    return setup.storefront ? setup.storefront(request, emulated) : emulated();
  };
  const cookie = await sessionCookie(storeUrl, 'ada@example.com', (request) => emulator.fetch(request));
  const token = await (
    await emulator.fetch(
      new Request(`${storeUrl}/customer/current.jwt?app_client_id=${app.clientId}`, { headers: { cookie } }),
    )
  ).text();
  Object.assign(faults, setup.faults);
  const told: Record<string, string | undefined> = {
    '--client-id': app.clientId,
    '--backend': backendUrl,
    '--cookie': setup.signedIn === false ? undefined : cookie,
    ...setup.told,
  };
  const { storefront = storeUrl, ...options } = told;
  const args = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  const outcome = { out: '', error: '' };
  const code = await run(['doctor', storefront, ...args, ...(format ? [format] : [])], {
    write: (text) => (outcome.out += text),
    writeError: (text) => (outcome.error += text),
    env: {},
  });
  const { checks } = (format && outcome.out ? JSON.parse(outcome.out) : { checks: [] }) as {
    checks: Finding[];
  };
  const of = (verdict: string) => checks.filter((one) => one.verdict === verdict).map(({ id }) => id);
  return {
    ...outcome,
    code,
    findings: checks,
    secrets: [cookie.split('=')[1]!, token.split('.')[1]!, 'ada@example.com', 'eyJ'],
    failures: of('failure'),
    warnings: of('warning'),
  };
}

/** An address at which nothing listens. */
export async function closedAddress(): Promise<string> {
  return `http://localhost:${await freePort()}`;
}

export async function serve(test: TestContext, fetch: Handler): Promise<string> {
  const server = createAdaptorServer({ fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function startBackend(
  test: TestContext,
  setup: Setup,
  origin: string,
  faults: Faults,
): Promise<string> {
  if (setup.backend) return `${await serve(test, setup.backend(origin))}/rewards`;
  const {
    clientSecret = app.clientSecret,
    storeHashes = [storeHash],
    allowedOrigins = [origin],
  } = setup.loyalty ?? {};
  const backend = await startLoyalty({
    port: 0,
    databaseUrl: ':memory:',
    apps: [{ ...app, clientSecret }],
    storeHashes,
    allowedOrigins,
    middleware: backendFaultMiddleware(faults),
  });
  test.after(() => backend.close());
  return `${backend.url}/rewards`;
}
