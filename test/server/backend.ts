/** A backend with the exchange in it, on a port of its own, and a page of the shop that asks it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before } from 'node:test';
import { serve, type ServerType } from '@hono/node-server';
import { createExchange, type ExchangeOptions, type Problem } from '../../src/server/index.js';
import { app, forge, honestClaims } from './attack-matrix.js';

export const shop = 'https://shop.example.com';

export interface Ask {
  path?: string;
  method?: string;
  /** `null` is a caller that is no page. */
  origin?: string | null;
  headers?: Record<string, string>;
  body?: NonNullable<RequestInit['body']>;
  signal?: AbortSignal;
}

export interface Backend {
  /** Sends a request as a page of the shop would. */
  ask: (request?: Ask) => Promise<Response>;
  url: string;
}

/** Starts before the tests of this `describe` and stops after them. */
export function useBackend(options: Partial<ExchangeOptions>): Backend {
  let server: ServerType;
  const backend: Backend = {
    url: '',
    ask: ({ path = '/rewards', origin = shop, headers, ...request } = {}) => {
      const sent = new Headers(headers);
      if (origin !== null) sent.set('Origin', origin);
      return fetch(backend.url + path, { ...request, headers: sent });
    },
  };
  before(async () => {
    const exchange = createExchange({
      apps: [app],
      storeHashes: [app.storeHash],
      allowedOrigins: [shop],
      load: ({ storeHash, customerId }) => ({ customer: `${storeHash}/${customerId}` }),
      ...options,
    });
    server = serve({ fetch: exchange, hostname: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    backend.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return backend;
}

export const now = () => Math.floor(Date.now() / 1000);

export function honest(customerId = 1): string {
  const claims = honestClaims(now());
  return forge({ payload: { ...claims, customer: { ...claims.customer, id: customerId } } });
}

export function bearer(token = honest()): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** What a page of the shop needs to see the answer at all, and what keeps it out of every cache. */
export function assertReadable(response: Response): void {
  assert.equal(response.headers.get('access-control-allow-origin'), shop);
  assert.equal(response.headers.get('vary'), 'Origin');
  assert.equal(response.headers.get('cache-control'), 'no-store');
}

export async function assertProblem(
  response: Response,
  status: number,
  code: Problem['code'],
  message?: string,
): Promise<void> {
  assert.equal(response.status, status, message);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  if (code !== 'origin_not_allowed') assertReadable(response);
  const { type, title, detail, ...rest } = (await response.json()) as Problem;
  assert.deepEqual(rest, { status, code }, message);
  assert.equal(type, 'about:blank');
  assert.ok(title !== '' && detail !== '');
}

export function deferred<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}
