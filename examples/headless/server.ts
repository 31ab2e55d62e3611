/**
 * A headless storefront: Vite for the pages, a session of its own, a route that turns the session into a short token
 * of its own issuer, and a backend that trusts this issuer beside BigCommerce's.
 *
 *   npx tsx examples/headless/start.ts
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createExchange, signCurrentCustomer, type App, type TrustedIssuer } from 'bc-customer-widget/server';
import { Hono } from 'hono';
import { createServer as createVite } from 'vite';
import { openLoyaltyDatabase } from '../loyalty/database.js';
import { toCard } from '../loyalty/card.js';
import { currentShopper, signIn, signOut } from './customer-session.js';

export interface HeadlessOptions {
  /** 0 takes any free port. */
  port: number;
  storeHash: string;
  /** The issuer of this shop's tokens. Its secret is not the client secret of an app. */
  issuer: TrustedIssuer;
  /** Apps of a Stencil storefront of the same store, whose tokens the backend takes too. */
  apps: readonly App[];
}

/** Seconds. Each load asks for a token, so it need not live longer than a slow request. */
const TOKEN_LIFETIME = 120;

/** Starts the shop on loopback. */
export async function startHeadless(
  options: HeadlessOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  const { port, storeHash, issuer, apps } = options;
  const database = await openLoyaltyDatabase(':memory:');
  await database.seed(storeHash);
  const app = new Hono();
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  app.post('/api/sign-in', async ({ req }) => {
    const form = new URLSearchParams(await req.text());
    const cookie = signIn(form.get('email') ?? '', form.get('password') ?? '');
    return new Response(null, cookie ? { status: 204, headers: { 'Set-Cookie': cookie } } : { status: 401 });
  });
  app.post('/api/sign-out', ({ req }) => {
    return new Response(null, { status: 204, headers: { 'Set-Cookie': signOut(req.raw) } });
  });
  app.get('/api/customer-token', async ({ req }) => {
    const shopper = currentShopper(req.raw);
    const token =
      shopper &&
      (await signCurrentCustomer(shopper, {
        issuer: issuer.issuer,
        clientId: issuer.audience,
        clientSecret: issuer.secret,
        storeHash,
        expiresIn: TOKEN_LIFETIME,
      }));
    return Response.json({ token: token ?? null }, { headers: { 'Cache-Control': 'no-store' } });
  });

  const exchange = createExchange({
    apps,
    issuers: [issuer],
    storeHashes: [storeHash],
    allowedOrigins: [url],
    load: async (customer) => {
      const rewards = await database.rewardsOf(customer);
      return rewards && toCard(rewards);
    },
    onError: console.error,
  });
  app.all('/rewards/*', ({ req }) => exchange(req.raw));

  const vite = await createVite({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: { server } },
    // In a project of your own the package is found by itself.
    resolve: {
      alias: [
        { find: /^bc-customer-widget$/, replacement: source('index.ts') },
        { find: /^bc-customer-widget\/client$/, replacement: source('client/index.ts') },
      ],
    },
  });
  const answer = getRequestListener(app.fetch);
  server.on('request', (request, response) => {
    if (/^\/(api|rewards)\b/.test(request.url ?? '')) void answer(request, response);
    else vite.middlewares(request, response);
  });

  return {
    url,
    async close() {
      await vite.close();
      server.close();
      server.closeAllConnections();
      database.close();
    },
  };
}

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
