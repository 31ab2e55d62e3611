/** Answers the widget: checks origin and token, loads that customer's data, and says so when it cannot. */
import { actionName, runOnce, type IdempotencyStore } from './actions.js';
import type { CurrentCustomer } from './claims.js';
import { createCors } from './cors.js';
import { withDeadline } from './deadline.js';
import { CustomerTokenError, type CustomerTokenErrorCode } from './errors.js';
import { Refusal, type ProblemCode } from './problem.js';
import {
  createRequestReader,
  defaultTokenHeader,
  type Input,
  type TransportOptions,
} from './read-request.js';
import type { VerifierOptions } from './trust.js';
import { createVerifier } from './verify.js';

export interface LoadContext {
  /** The request; its body has been read. Take no identity from it. */
  request: Request;
  /** Fields of a JSON or form body, without the token. Sent by the page, so check them. */
  input: Input;
  /** Aborted when the browser has gone away or the time limit has passed. */
  signal: AbortSignal;
}

export interface ActionContext extends LoadContext {
  /**
   * The same for every repetition of one intention. Write it with the effect, under a unique constraint, and the
   * effect cannot happen twice even if a process dies half-way.
   */
  idempotencyKey: string | undefined;
}

/** Changes something for the customer. Answers like `load`. */
export type Action = (customer: CurrentCustomer, input: Input, context: ActionContext) => unknown;

/** What a log may hold. There is no way for a token or an e-mail address to get in. */
export interface ExchangeLogEntry {
  status: number;
  /** The problem's code. */
  code?: ProblemCode;
  /** Why the token was refused. */
  reason?: CustomerTokenErrorCode;
  /** Known once the token is verified. */
  storeHash?: string;
  customerId?: number;
  action?: string;
}

export interface ExchangeOptions extends VerifierOptions, TransportOptions {
  /** Exact origins of the storefronts, `https://shop.example.com`: each channel, the permanent domain, previews. */
  allowedOrigins: readonly string[];
  /**
   * Loads what this customer may see: a `CustomerCard` or any other JSON value. `undefined` and `null` are answered
   * with 204, "nothing yet". Key every look-up by `customer.storeHash` and `customer.customerId`. Return a `Response`
   * for a status of your own (403, say, or 429 with `Retry-After`). What it throws is answered with 500, without the
   * message.
   */
  load: (customer: CurrentCustomer, context: LoadContext) => unknown;
  /** What the customer can do, by name: `redeem` is asked for by `POST …/actions/redeem`. */
  actions?: Readonly<Record<string, Action>>;
  /** Makes every action happen once for each `Idempotency-Key`, which is then required. */
  idempotency?: IdempotencyStore;
  /**
   * How long `load` and actions may take, in milliseconds. The answer is then 504.
   * @default 10000
   */
  timeLimit?: number;
  /** Called once for each answer, but for a preflight only when it is refused. */
  log?: (entry: ExchangeLogEntry) => void;
  /** Gets what `load` or an action threw, which the browser is not told. It holds whatever your code put into it. */
  onError?: (error: unknown) => void;
}

/**
 * Makes the backend's half of the exchange: a handler from `Request` to `Response`, for any runtime that has them.
 *
 * It reads the token from `Authorization: Bearer`, a header, a JSON, form or `text/plain` body, or (if allowed) the
 * query. Errors are problem+json with a stable `code`; every answer is `no-store` and has the CORS headers that let
 * the page read it.
 *
 * @throws TypeError when an option is missing or unsafe
 * @example
 * const exchange = createExchange({
 *   apps: [{ clientId: process.env.CLIENT_ID, clientSecret: process.env.CLIENT_SECRET }],
 *   storeHashes: ['abc123'],
 *   allowedOrigins: ['https://shop.example.com'],
 *   load: async ({ storeHash, customerId }) => ({ facts: [{ label: 'Points', value: await points(storeHash, customerId) }] }),
 * });
 * app.all('/rewards/*', (context) => exchange(context.req.raw)); // Hono; `fetch: exchange` in a Worker
 */
export function createExchange(options: ExchangeOptions): (request: Request) => Promise<Response> {
  const { load, actions = {}, idempotency, timeLimit = 10_000, tokenHeader = defaultTokenHeader } = options;
  const cors = createCors(options.allowedOrigins, tokenHeader);
  const verify = createVerifier(options);
  const read = createRequestReader(options);

  async function answer(request: Request, origin: string | null, entry: ExchangeLogEntry): Promise<Response> {
    if (!cors.allows(origin)) {
      throw new Refusal(
        'origin_not_allowed',
        'This backend does not serve pages of this origin: see allowedOrigins.',
      );
    }
    if (request.method === 'OPTIONS') return cors.preflight();
    const name = actionName(request);
    assertMethod(request, name === undefined ? ['GET', 'POST'] : ['POST']);
    const { token, input } = await read(request);
    const customer = await verify(token);
    entry.storeHash = customer.storeHash;
    entry.customerId = customer.customerId;
    if (name === undefined) {
      return withDeadline(request, timeLimit, async (signal) =>
        respond(await load(customer, { request, input, signal })),
      );
    }
    if (!Object.hasOwn(actions, name)) throw new Refusal('action_unknown', 'There is no such action.');
    entry.action = name;
    const run = (signal: AbortSignal) => async (idempotencyKey: string | undefined) =>
      respond(await actions[name]?.(customer, input, { request, input, signal, idempotencyKey }));
    return withDeadline(request, timeLimit, (signal) =>
      runOnce({ request, action: name, customer, input, run: run(signal) }, idempotency),
    );
  }

  /** Whatever went wrong, as an answer. */
  function recover(error: unknown, request: Request, entry: ExchangeLogEntry): Response {
    const refusal = toRefusal(error) ?? failed(entry);
    if (refusal.code.endsWith('_failed') && !request.signal.aborted) quietly(options.onError, error);
    entry.code = refusal.code;
    if (refusal.reason) entry.reason = refusal.reason;
    return refusal.toResponse();
  }

  return async (request) => {
    const origin = request.headers.get('Origin');
    const entry: ExchangeLogEntry = { status: 0 };
    let response: Response;
    try {
      response = await answer(request, origin, entry);
    } catch (error) {
      response = recover(error, request, entry);
    }
    entry.status = response.status;
    if (request.method !== 'OPTIONS' || entry.code) quietly(options.log, entry);
    const headers = new Headers(response.headers);
    headers.set('Cache-Control', 'no-store');
    cors.apply(headers, origin);
    return new Response(response.body, { status: response.status, headers });
  };
}

function assertMethod(request: Request, methods: readonly string[]): void {
  if (methods.includes(request.method)) return;
  const names = methods.join(' or ');
  throw new Refusal('method_not_allowed', `Ask with ${names}.`, {
    headers: { Allow: [...methods, 'OPTIONS'].join(', ') },
  });
}

function respond(data: unknown): Response {
  if (data === undefined || data === null) return new Response(null, { status: 204 });
  return data instanceof Response ? data : Response.json(data);
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!(error instanceof CustomerTokenError)) return undefined;
  const { code: reason, message } = error;
  // RFC 6750 §3: no error code in the challenge when there was no token at all.
  if (reason === 'token_missing') {
    const headers = { 'WWW-Authenticate': 'Bearer' };
    return new Refusal('token_missing', 'Send the token, as Authorization: Bearer for example.', {
      headers,
      reason,
    });
  }
  const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
  return new Refusal(reason === 'token_expired' ? reason : 'token_invalid', message, { headers, reason });
}

function failed({ action }: ExchangeLogEntry): Refusal {
  if (action === undefined) return new Refusal('load_failed', 'The data could not be loaded.');
  return new Refusal('action_failed', 'The action failed and may be tried again.');
}

/** A hook must not turn a good answer into a failure. */
function quietly<Value>(hook: ((value: Value) => void) | undefined, value: Value): void {
  try {
    hook?.(value);
  } catch {
    // The hook's own problem.
  }
}
