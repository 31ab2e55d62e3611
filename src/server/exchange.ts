/** Answers the widget: checks origin and token, loads that customer's data, and says so when it cannot. */
import { actionName, runOnce, type IdempotencyStore } from './actions.js';
import { toAnswer, toResponse, type Answer } from './answer.js';
import type { CurrentCustomer } from './claims.js';
import { Context, type ActionContext, type LoadContext } from './context.js';
import { createCors } from './cors.js';
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
 *   apps: [{ clientId, clientSecret }],
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

  async function answer(request: Request, origin: string | null, entry: ExchangeLogEntry): Promise<Answer> {
    if (!cors.allows(origin)) {
      throw new Refusal(
        'origin_not_allowed',
        'This backend does not serve pages of this origin: see allowedOrigins.',
      );
    }
    if (request.method === 'OPTIONS') return cors.preflight;
    const name = actionName(request);
    assertMethod(request, name === undefined ? ['GET', 'POST'] : ['POST']);
    const { token, input } = await read(request);
    const customer = await verify(token);
    entry.storeHash = customer.storeHash;
    entry.customerId = customer.customerId;
    const context = new Context(request, input);
    if (name === undefined) {
      const loading = async () => toAnswer(await load(customer, context));
      return context.limit(loading(), timeLimit);
    }
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw new Refusal('action_unknown', 'There is no such action.');
    entry.action = name;
    const run = async (idempotencyKey: string | undefined) => {
      context.idempotencyKey = idempotencyKey;
      return toAnswer(await action(customer, input, context));
    };
    return context.limit(runOnce({ request, action: name, customer, input, run }, idempotency), timeLimit);
  }

  /** Whatever went wrong, as an answer. */
  function recover(error: unknown, request: Request, entry: ExchangeLogEntry): Answer {
    const known = toRefusal(error);
    // Nobody waits for the answer of a browser that has gone; its failures are not news.
    if (!known && !request.signal.aborted) quietly(options.onError, error);
    const refusal = known ?? failed(entry);
    entry.code = refusal.code;
    if (refusal.reason) entry.reason = refusal.reason;
    return refusal.toAnswer();
  }

  return async (request) => {
    const origin = request.headers.get('Origin');
    const entry: ExchangeLogEntry = { status: 0 };
    let found: Answer;
    try {
      found = await answer(request, origin, entry);
    } catch (error) {
      found = recover(error, request, entry);
    }
    entry.status = found.status;
    if (request.method !== 'OPTIONS' || entry.code) quietly(options.log, entry);
    return toResponse(found, cors.headersFor(origin));
  };
}

function assertMethod(request: Request, methods: readonly string[]): void {
  if (methods.includes(request.method)) return;
  const names = methods.join(' or ');
  throw new Refusal('method_not_allowed', `Ask with ${names}.`, {
    headers: { Allow: [...methods, 'OPTIONS'].join(', ') },
  });
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
