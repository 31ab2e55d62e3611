/**
 * A process of its own with a storefront and a backend that are one round trip away, however far that is.
 *
 * The distance is kept here and not by the browser's own network emulation (`Network.emulateNetworkConditions`), whose
 * latency leaves out preflight requests and the making of connections. Each answer waits for one round trip. A new
 * connection to the backend waits for two more before its first request counts: TCP, and TLS 1.3. The document and the
 * module that it names come at once, because time is counted from the module's first line. The storefront's other
 * files share the document's connection, as they do over HTTP/2.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { createExchange, signCurrentCustomer } from '../../../src/server/index.js';
import { app } from '../../server/attack-matrix.js';
import { contenders, pageOf, type Contender, type Wire } from './contenders.js';

export interface Counts {
  tokens: number;
  exchanges: number;
  preflights: number;
}

/** What it is told; it answers with its addresses and with what was asked of it since the last time. */
export interface Order {
  /** Round trip, in milliseconds. */
  roundTrip: number;
}

export interface Report extends Counts {
  shopUrl: string;
  backendUrl: string;
}

const card = {
  heading: 'Rewards',
  text: 'Only 260 more points to Platinum.',
  facts: [
    { label: 'Points', value: 1240, format: 'number' },
    { label: 'Member since', value: '2024-05-14', format: 'date' },
  ],
  items: [
    { title: 'Tea sampler', text: 'Large', href: '/tea/', meta: '$21.00' },
    { title: 'Stoneware mug', href: '/mug/', meta: '$18.00' },
    { title: 'Wool blanket', href: '/blanket/', meta: '$89.00' },
  ],
};
const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
const counts: Counts = { tokens: 0, exchanges: 0, preflights: 0 };
let roundTrip = 0;

/** When each connection was begun. The first request on it cannot have left before the connection was there. */
const madeAt = new WeakMap<object, number>();

const token = await signCurrentCustomer({ id: 1, email: 'ada@example.com' }, app);
const backend = await start(createBackend());
const shop = await start(createShop(backend.url));
// The backend needs the shop's origin, and the shop's pages name the backend: the exchange is made last.
const exchange = createExchange({
  apps: [app],
  storeHashes: [app.storeHash],
  allowedOrigins: [shop.url],
  load: () => card,
});

process.on('message', (order: Order) => {
  ({ roundTrip } = order);
  process.send?.({ shopUrl: shop.url, backendUrl: backend.url, ...counts } satisfies Report);
  counts.tokens = counts.exchanges = counts.preflights = 0;
});
process.on('disconnect', () => process.exit());

function createShop(backendUrl: string): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.get('/', ({ req, html }) => {
    const { contender, wire, id, widgets } = req.query();
    return html(
      pageOf({
        contender: contender as Contender,
        wire: wire as Wire,
        backendUrl: `${backendUrl}/card/${id ?? ''}`,
        clientId: app.clientId,
        widgets: Number(widgets ?? 1),
      }),
      200,
      { 'Cache-Control': 'no-store' },
    );
  });
  routes.get('/contenders/:file', ({ req, body }) => {
    const name = req.param('file').replace('.js', '') as keyof typeof contenders;
    return script(body, contenders[name]);
  });
  routes.get('/assets/bc-customer-widget.min.js', ({ body }) =>
    script(body, `performance.mark('script-start');${readDist('bc-customer-widget.min.js')}`),
  );
  routes.get('/assets/:file', async ({ req, body }) => {
    await elapse();
    return script(body, readDist(req.param('file')));
  });
  routes.get('/customer/current.jwt', async ({ text }) => {
    counts.tokens += 1;
    await elapse();
    return text(token, 200, { 'Cache-Control': 'no-store' });
  });
  return routes;
}

/** As a content delivery network serves a theme's assets. */
function script(body: Context['body'], text: string): Response {
  return body(text, 200, {
    'Content-Type': 'text/javascript',
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
}

function readDist(name: string): string {
  if (!/^bc-customer-widget[\w.-]*\.js$/.test(name)) throw new Error(`No asset ${name}.`);
  return readFileSync(dist + name, 'utf8');
}

function createBackend(): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.all('/card/*', async ({ req, env }) => {
    if (req.method === 'OPTIONS') counts.preflights += 1;
    else counts.exchanges += 1;
    const answer = await exchange(req.raw);
    await elapse(madeAt.get(env.incoming.socket));
    return answer;
  });
  return routes;
}

/** Waits for a round trip, and first for a connection that is still being made. */
function elapse(connected = -Infinity): Promise<void> {
  const left = Math.max(0, connected + 2 * roundTrip - performance.now());
  return new Promise((resolve) => setTimeout(resolve, left + roundTrip));
}

async function start(routes: Pick<Hono<{ Bindings: HttpBindings }>, 'fetch'>): Promise<{ url: string }> {
  const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
  // Whoever comes back within a minute finds the connection open.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => madeAt.set(socket, performance.now()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://localhost:${(server.address() as AddressInfo).port}` };
}
