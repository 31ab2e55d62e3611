// One exchange: a fresh token, and one request that takes it to the backend. The token is a local variable of this
// file and nowhere else.
import { CustomerWidgetError } from './errors.js';
import { ask, inTime, type Answer } from './http.js';
import { checkOptions, type CustomerDataOptions } from './options.js';
import { requestToken } from './single-flight.js';
import { peekCustomerId } from './token.js';
import type { TokenReason } from './token-sources.js';
import { bearer } from './transports.js';

export interface ExchangeContext {
  signal?: AbortSignal;
  reason?: TokenReason;
  /** Called when the token's customer is known and before the backend is asked: time to wipe another's data. */
  onCustomer?: (customerId: number | undefined) => void;
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

/**
 * Asks for a token and sends it with the request; `undefined` when nobody is signed in.
 *
 * @throws {CustomerWidgetError} `misconfigured`, `timeout`, `network` or what the token source says; an abort
 * rejects with the signal's reason. A refusal of the backend is an answer like another.
 */
export async function exchange(
  options: CustomerDataOptions,
  context: ExchangeContext = {},
  { path = '', ...request }: BackendRequest = {},
): Promise<Exchanged | undefined> {
  const problem = checkOptions(options);
  if (problem) throw new CustomerWidgetError('misconfigured', problem);
  const address = path ? onBackend(options.backendUrl, path) : options.backendUrl;
  const { timeout = 10_000 } = options;
  const { signal = new AbortController().signal, reason = 'load', onCustomer } = context;

  const token = await inTime('The token endpoint', timeout, signal, (limited) =>
    requestToken(options, { reason, signal: limited }),
  );
  if (token === null) return undefined;
  const customerId = peekCustomerId(token);
  onCustomer?.(customerId);
  signal.throwIfAborted();
  const { headers, ...carrier } = bearer(token);
  const answer = await inTime('The backend', timeout, signal, (limited) =>
    ask('The backend', address, {
      ...request,
      ...carrier,
      headers: { ...request.headers, ...headers },
      signal: limited,
    }),
  );
  return { answer, customerId };
}

/** The token goes to the backend's origin only, wherever a path may point. */
function onBackend(backendUrl: string, path: string): string {
  // A Request resolves the address as `fetch` does.
  const base = new URL(new Request(backendUrl).url);
  const url = URL.canParse(path, base.href) ? new URL(path, base.href) : undefined;
  if (url?.origin === base.origin) return url.href;
  throw new CustomerWidgetError('misconfigured', "An action's address must be on backend-url's origin.");
}
