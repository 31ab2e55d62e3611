// One exchange: a fresh token, and one request that takes it to the backend. The token is a local variable of this
// file and nowhere else.
import { CustomerWidgetError } from './errors.js';
import { ask, inTime, type Answer } from './http.js';
import { assertOptions, resolve, type CustomerDataOptions } from './options.js';
import { tokenInTime } from './single-flight.js';
import { peek } from './token.js';
import type { TokenReason } from './token-sources.js';
import { loaderFor, type LoadedRequest } from './transports.js';

export interface ExchangeContext {
  signal?: AbortSignal;
  reason?: TokenReason;
  /** Called when the token's customer is known and before the backend is asked: time to wipe another's data. */
  onCustomer?: ((customerId: number | undefined) => void) | undefined;
}

export interface BackendRequest {
  /** Relative to `backendUrl`, and on its origin. @default backendUrl itself */
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Exchanged {
  answer: Answer;
  /** From the unverified token: good for noticing that the page is stale, and for nothing else. */
  customerId: number | undefined;
}

/** A token with less time than this, in milliseconds, may be refused on arrival: the next one is waited for. */
const DYING = 5000;

/** How long the next token is waited for after a backend, whose clock is ahead, refused one as expired. */
const LONGEST_WAIT = 30_000;

/**
 * Asks for a token and sends it with the request; `undefined` when nobody is signed in. With `renewable`, a number
 * when the token is too old: in so many milliseconds there is another one. The endpoint hands out the same until then.
 *
 * @throws {CustomerWidgetError} `misconfigured`, `timeout`, `network` or what the token source says; an abort
 * rejects with the signal's reason. A refusal of the backend is an answer like another.
 */
export async function exchange(
  options: CustomerDataOptions,
  context: ExchangeContext & { renewable?: boolean } = {},
  { path = '', ...request }: BackendRequest = {},
): Promise<Exchanged | number | undefined> {
  assertOptions(options);
  const address = path ? onBackend(options.backendUrl, path) : options.backendUrl;
  const { signal = new AbortController().signal, reason = 'load', onCustomer, renewable } = context;
  const load = await loaderFor(options);

  const token = await tokenInTime(options, signal, reason);
  if (token === null) return undefined;
  const { customerId, timeLeft } = peek(token);
  if (renewable && timeLeft > 0 && timeLeft < DYING) return timeLeft + 1000;
  onCustomer?.(customerId);
  signal.throwIfAborted();
  // The page may have pinned its backends while the token was on its way.
  assertOptions(options);
  const loaded = load(token, { ...request, address });
  const answer = await inTime('The backend', options.timeout, signal, askBackend, loaded);
  // The exchange handler's own word for it. Any other 401 would be the same with another token.
  if (renewable && answer.response.status === 401 && answer.body.includes('"token_expired"')) {
    return timeLeft > 0 && timeLeft < LONGEST_WAIT ? timeLeft + 1000 : 0;
  }
  return { answer, customerId };
}

const askBackend = (signal: AbortSignal, { address, ...init }: LoadedRequest) =>
  ask('The backend', address, { ...init, signal });

/** The token goes to the backend's origin only, wherever a path may point. */
function onBackend(backendUrl: string, path: string): string {
  const base = resolve(backendUrl);
  const url = URL.canParse(path, base.href) ? new URL(path, base.href) : undefined;
  if (url?.origin === base.origin) return url.href;
  throw new CustomerWidgetError('misconfigured', "An action's address must be on backend-url's origin.");
}
