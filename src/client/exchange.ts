// One exchange: a fresh token, and one request that takes it to the backend. The token is a local variable of this
// file and nowhere else.
import { failure } from './errors.js';
import { ask, inTime, type Answer } from './http.js';
import { assertOptions, resolve, type CustomerDataOptions } from './options.js';
import { tokenInTime } from './token-request.js';
import { peek } from './token.js';
import type { TokenReason } from './token-sources.js';
import { loaderFor, type BareRequest, type Load } from './transports.js';

export interface LoadContext {
  signal?: AbortSignal;
  reason?: TokenReason;
  /** Called when the token's customer is known and before the backend is asked: time to wipe another's data. */
  onCustomer?: ((customerId: number | undefined) => void) | undefined;
}

export interface ExchangeContext
  extends Required<Pick<LoadContext, 'signal' | 'reason'>>, Pick<LoadContext, 'onCustomer'> {
  /** Nothing is sent for anybody else, as if nobody were signed in. */
  customerId?: number | undefined;
  /** Whether the caller waits for another token. */
  renewable?: boolean;
}

export interface BackendRequest {
  /** Relative to `backendUrl`, and on its origin. @default backendUrl itself */
  path?: string | undefined;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Exchanged {
  /** None when the token was about to expire and another one is worth waiting for: nothing was sent. */
  answer?: Answer;
  /** From the unverified token: good for noticing that the page is stale, and for nothing else. */
  customerId: number | undefined;
  /** Milliseconds that its token had left, by this device's clock; not a number where it did not say. */
  timeLeft: number;
}

/** Who has failed, in messages. */
export const BACKEND = 'The backend';

/** A token with less time than this, in milliseconds, may be refused on arrival: the next one is waited for. */
const DYING = 5000;

/**
 * Asks for a token and sends it with the request; `undefined` when nobody is signed in. With `renewable`, nothing is
 * sent when the token is about to expire: the endpoint hands out the same one until then.
 *
 * @throws {CustomerWidgetError} `misconfigured`, `timeout`, `network` or what the token source says; an abort
 * rejects with the signal's reason. A refusal of the backend is an answer like another.
 */
export async function exchange(
  options: CustomerDataOptions,
  { signal, reason, onCustomer, customerId: onlyFor, renewable }: ExchangeContext,
  { path = '', ...request }: BackendRequest = {},
): Promise<Exchanged | undefined> {
  await assertOptions(options);
  const address = await onBackend(options.backendUrl, path);
  // Side by side: the part that knows another transport is not waited for twice.
  const [load, token] = await Promise.all([
    loaderFor(options, request.body),
    tokenInTime(options, signal, reason),
  ]);
  if (token === null) return undefined;
  const { customerId, timeLeft } = peek(token);
  if (customerId !== (onlyFor ?? customerId)) return undefined;
  if (renewable && timeLeft > 0 && timeLeft < DYING) return { customerId, timeLeft };
  onCustomer?.(customerId);
  signal.throwIfAborted();
  // The page may have pinned its backends while the token was on its way.
  await assertOptions(options);
  const bare = { ...request, address };
  const needs = { bare, load: load(token, bare) };
  const answer = await inTime(BACKEND, options.timeout, signal, askBackend, needs);
  return { answer, customerId, timeLeft };
}

/**
 * Without cookies, redirects or referrer (and uncached, like every request here): the token reaches the given address
 * and nothing else.
 */
function askBackend(signal: AbortSignal, { bare, load }: { bare: BareRequest; load: Load }): Promise<Answer> {
  const { address, ...init } = { ...bare, ...load };
  return ask(BACKEND, address, {
    ...init,
    headers: { accept: 'application/json', ...bare.headers, ...load.headers },
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal,
  });
}

/** The token goes to the backend's origin only, wherever a path may point. */
async function onBackend(backendUrl: string, path: string): Promise<string> {
  const base = resolve(backendUrl);
  try {
    const { href, origin } = new URL(path, base);
    if (origin === base.origin) return href;
  } catch {
    // No address at all.
  }
  throw await failure('misconfigured: action');
}
