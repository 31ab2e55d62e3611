// A backend on another origin than the tests' page. `/customer` is the real exchange; the other paths are its moods.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createExchange } from '../../src/server/index.js';
import { attachLive } from './live-endpoint.js';
import { app as credentials, storeHash } from './store.js';

export async function startBackend(): Promise<{ url: string; close: () => Promise<void> }> {
  const app = new Hono();
  // The page's port is not known beforehand, so the exchange is made for the origin that asks.
  app.all('/customer/*', (context) =>
    createExchange({
      apps: [credentials],
      storeHashes: [storeHash],
      allowedOrigins: [context.req.header('origin') ?? 'http://localhost'],
      load: ({ customerId }) => (customerId === 3 ? undefined : { text: `Hello ${customerId}` }),
      actions: {
        greet: ({ customerId }, input, { idempotencyKey }) => ({
          text: `Greeted ${customerId}`,
          key: idempotencyKey,
          ...input,
        }),
        refuse: () => Response.json({ detail: 'You have too few points.' }, { status: 409 }),
        nothing: () => undefined,
        fail: () => {
          throw new Error('a secret of the backend');
        },
        slow: async () => {
          await new Promise((resolve) => setTimeout(resolve, 300));
          return { text: 'Slowly done' };
        },
      },
    })(context.req.raw),
  );

  app.get('/no-cors', (context) => context.json({ text: 'never seen' }));
  app.use(
    '*',
    cors({
      origin: '*',
      allowHeaders: ['authorization', 'content-type', 'x-current-customer', 'x-token'],
      exposeHeaders: ['retry-after'],
    }),
  );
  app.get('/status/:status', (context) => {
    const status = Number(context.req.param('status'));
    return new Response(`a body that must not be shown`, {
      status,
      headers: { ...(status === 429 ? { 'retry-after': '30' } : {}), 'content-type': 'text/plain' },
    });
  });
  app.get('/html', (context) => context.html('<p>Not data.'));
  app.get('/not-json', () => new Response('{"text": ', { headers: { 'content-type': 'application/json' } }));
  app.get('/empty', () => new Response('', { headers: { 'content-type': 'application/json' } }));
  app.get('/204', () => new Response(null, { status: 204 }));
  app.get('/redirect', (context) => context.redirect('/customer'));
  app.get('/slow', async (context) => {
    await new Promise((resolve) => setTimeout(resolve, Number(context.req.query('ms') ?? 400)));
    return context.json({ text: context.req.query('text') ?? 'late' });
  });
  // `/echo?json=…` answers with whatever a test wants to see rendered; LONG becomes 10,000 characters.
  app.get('/echo', (context) => {
    const json = (context.req.query('json') ?? 'null').replaceAll('LONG', 'x'.repeat(10_000));
    return context.body(json, 200, { 'content-type': 'application/json' });
  });
  // Fails the first so many times with a status, then works. Each test counts under a key of its own.
  const failures = new Map<string, number>();
  app.get('/flaky/:key/:times/:status', (context) => {
    const { key, times, status } = context.req.param();
    const count = (failures.get(key) ?? 0) + 1;
    failures.set(key, count);
    if (count > Number(times)) return context.json({ text: `after ${count}` });
    const retryAfter = context.req.query('retry-after');
    return new Response(status === '401' ? '{"code":"token_expired"}' : 'no', {
      status: Number(status),
      headers: retryAfter ? { 'retry-after': retryAfter } : {},
    });
  });
  app.get('/large', (context) => context.json({ text: 'x'.repeat(5_000_000) }));
  // What arrived, so that a test can see what a token was sent with.
  app.all('/request', async (context) => {
    const { url, method } = context.req;
    return context.json({ method, headers: context.req.header(), url, body: await context.req.text() });
  });

  const server = createAdaptorServer(app);
  attachLive(server as Server, app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
