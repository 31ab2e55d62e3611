/** A process of its own with the whole exchange at `/exchange` and, to compare, a route that only verifies at `/bare`. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { jwtVerify } from 'jose';
import { createExchange } from '../../../src/server/index.js';
import { app } from '../../server/attack-matrix.js';

/** What it tells when it is asked. */
export interface ServerUsage {
  port: number;
  /** Bytes. */
  memory: number;
  /** Microseconds of processor time since the start. */
  processor: number;
}

const { clientId, clientSecret, storeHash } = app;
const secret = new TextEncoder().encode(clientSecret);
const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-512' }, false, [
  'verify',
]);
const exchange = createExchange({
  apps: [{ clientId, clientSecret }],
  storeHashes: [storeHash],
  allowedOrigins: ['https://shop.example.com'],
  load: ({ customerId }) => ({ customerId }),
});

const routes = new Hono();
routes.get('/exchange', (context) => exchange(context.req.raw));
routes.get('/bare', async (context) => {
  const token = context.req.header('Authorization')?.slice('Bearer '.length) ?? '';
  const { payload } = await jwtVerify<{ customer: { id: number } }>(token, key);
  return context.json({ customerId: payload.customer.id });
});
const server = serve({ fetch: routes.fetch, hostname: '127.0.0.1', port: 0 });

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, memory: process.memoryUsage.rss(), processor: user + system } satisfies ServerUsage);
});
process.on('disconnect', () => process.exit());
