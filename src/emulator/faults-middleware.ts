// Does to requests what the switched-on fault says.
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { signCurrentCustomer } from '../server/index.js';
import type { BackendFault, EndpointFault, Faults } from './faults.js';
import { customerOf } from './session.js';
import type { Store } from './store.js';

const SLOW = 1500;

/** Goes before the token endpoint. Faults that need a customer leave guests alone. */
export function endpointFaultMiddleware(faults: Faults, store: Store): MiddlewareHandler {
  /** The dying token that was handed out, until it has expired: a store hands out the same one. */
  let dying: { token: string; until: number } | undefined;

  return async (context, next) => {
    const fault = faults.endpoint;
    context.header('Cache-Control', 'no-store');
    if (fault !== 'dying') dying = undefined;
    const signed = await tokenFor(context, store, fault);
    if (fault === 'dying' && signed) {
      dying ??= { token: signed, until: Date.now() + 2000 };
      return dying.until > Date.now() ? context.text(dying.token) : next();
    }
    return signed
      ? context.text(fault === 'quoted' ? `"${signed}"` : signed)
      : misbehave(fault, context, next);
  };
}

async function tokenFor(
  context: Context,
  store: Store,
  fault: EndpointFault | null,
): Promise<string | undefined> {
  const customer = customerOf(context, store);
  const app = store.app(context.req.query('app_client_id') ?? '');
  const changes = fault && changedTokens[fault];
  if (!customer || !app || !changes) return undefined;
  const { id, email, groupId = 0 } = customer;
  const options = { ...app, storeHash: store.storeHash, algorithm: 'HS512' as const };
  return signCurrentCustomer({ id, email, groupId }, { ...options, ...changes });
}

const changedTokens: Partial<Record<EndpointFault, Partial<Parameters<typeof signCurrentCustomer>[1]>>> = {
  quoted: {},
  dying: { expiresIn: 2 },
  hs256: { algorithm: 'HS256' },
  'other-store': { storeHash: 'anotherstore' },
  'other-app': {
    clientId: 'anotherapp',
    clientSecret: 'synthetic-client-secret-of-another-app-0123456789abcdef0123456789abcdef',
  },
};

/** Goes before the backend's routes. */
export function backendFaultMiddleware(faults: Faults): MiddlewareHandler {
  return async (context, next) => {
    const fault = faults.backend;
    const isPreflight = context.req.method === 'OPTIONS';
    if (fault === 'preflight' && isPreflight) return context.body(null, 403);
    if (isPreflight && fault !== 'unreachable') return next();
    if (fault === 'cors') {
      await next();
      context.res.headers.delete('Access-Control-Allow-Origin');
      return;
    }
    const origin = context.req.header('origin');
    if (origin) context.header('Access-Control-Allow-Origin', origin);
    context.header('Access-Control-Expose-Headers', 'Retry-After');
    context.header('Cache-Control', 'no-store');
    return misbehave(fault, context, next);
  };
}

/** The faults that both sides can have, and those of a backend. */
async function misbehave(
  fault: EndpointFault | BackendFault | null,
  context: Context,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  switch (fault) {
    case 'guest':
      return context.json({ errors: [{ status: 404, title: 'Not Found' }] }, 404);
    case 'html-404':
      return context.html('<!doctype html><title>Not found</title>', 404);
    case 'html':
    case 'content-type':
      return context.html('<!doctype html><title>Welcome</title>');
    case 'empty':
      return context.text('');
    case 'json':
      context.req.raw.headers.set('Accept', 'application/json');
      return next() as Promise<undefined>;
    case 'expired':
      return problem(401, 'token_expired');
    case 'invalid':
      return problem(401, 'token_invalid');
    case 'retry-after':
      context.header('Retry-After', '1');
      return context.json({}, 429);
    case 'redirect':
      return context.redirect('/login.php');
    case 'truncated':
      return context.body('{"text": "half a sen', 200, { 'Content-Type': 'application/json' });
    case 'large':
      return context.json({ text: 'x'.repeat(5_000_000) });
    case 'slow':
    case 'slow-start':
      await sleep(SLOW);
      return next() as Promise<undefined>;
    case 'slow-body':
      return context.body(
        inTwoParts('{"text": "in two', SLOW, () => ' halves"}'),
        200,
        JSON_TYPE,
      );
    case 'reset-halfway':
      return context.body(
        inTwoParts('{"text": "half', 100, () => {
          reset(context);
          return '';
        }),
        200,
        JSON_TYPE,
      );
    case 'hanging':
      await new Promise((resolve) => {
        context.req.raw.signal.addEventListener('abort', resolve);
      });
      return reset(context);
    case 'reset':
    case 'unreachable':
      return reset(context);
    default:
      if (fault === null || !/^\d+$/.test(fault)) return next() as Promise<undefined>;
      return new Response(null, { status: Number(fault), headers: context.res.headers });
  }

  function problem(status: 401, code: string): Response {
    return context.json({ type: 'about:blank', status, code }, status, {
      'Content-Type': 'application/problem+json',
    });
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

function inTwoParts(first: string, pause: number, second: () => string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode(first));
      await sleep(pause);
      controller.enqueue(encoder.encode(second()));
      controller.close();
    },
  });
}

/** Ends the connection without an answer, where there is one: a test may call the emulator without a server. */
function reset(context: Context): Response {
  (context.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy();
  return RESPONSE_ALREADY_SENT;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
