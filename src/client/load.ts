// One load: token, exchange, parsed data. The token is a local variable of this file and nowhere else.
import { CustomerWidgetError, type CustomerWidgetErrorCode } from './errors.js';
import { fetchOrFail, retryAfterOf, textOf } from './http.js';
import { checkOptions, type CustomerDataOptions } from './options.js';
import { requestToken } from './single-flight.js';
import { isToken, peekCustomerId } from './token.js';
import { STOREFRONT_TOKEN_URL, storefrontTokenSource, type TokenReason } from './token-sources.js';
import { bearer } from './transports.js';

/** The backend's JSON object, or `null` when it has nothing for this customer. */
export type CustomerData = Record<string, unknown> | null;

export type LoadResult =
  | { status: 'guest' }
  | {
      status: 'customer';
      data: CustomerData;
      /** From the unverified token: good for noticing that the page is stale, and for nothing else. */
      customerId: number | undefined;
    };

export interface LoadContext {
  signal?: AbortSignal;
  reason?: TokenReason;
  /** Called when the token's customer is known and before the backend is asked: time to wipe another's data. */
  onCustomer?: (customerId: number | undefined) => void;
}

const DEFAULT_TIMEOUT = 10_000;

/**
 * Fetches a token, exchanges it at the backend and returns the parsed answer.
 *
 * @throws {CustomerWidgetError} with any code; an abort rejects with the signal's reason.
 * @example
 * const result = await loadCustomerData({ appClientId: 'abc123', backendUrl: 'https://api.example.com/rewards' });
 * if (result.status === 'customer') console.log(result.data);
 */
export async function loadCustomerData(
  options: CustomerDataOptions,
  context: LoadContext = {},
): Promise<LoadResult> {
  const problem = checkOptions(options);
  if (problem) throw new CustomerWidgetError('misconfigured', problem);
  const { timeout = DEFAULT_TIMEOUT } = options;
  const { signal = new AbortController().signal, reason = 'load', onCustomer } = context;

  const token = await withTimeout(timeout, signal, 'The token endpoint', (inTime) =>
    tokenFor(options, reason, inTime),
  );
  if (token === null) return { status: 'guest' };
  const customerId = peekCustomerId(token);
  onCustomer?.(customerId);
  signal.throwIfAborted();
  const data = await withTimeout(timeout, signal, 'The backend', (inTime) =>
    exchange(options.backendUrl, token, inTime),
  );
  return { status: 'customer', data, customerId };
}

async function tokenFor(options: CustomerDataOptions, reason: TokenReason, signal: AbortSignal) {
  const { appClientId, tokenUrl = STOREFRONT_TOKEN_URL, tokenSource } = options;
  const identity = tokenSource ?? tokenUrl;
  const source = tokenSource ?? storefrontTokenSource({ appClientId, tokenUrl });
  try {
    const token = await requestToken({ identity, appClientId, source, reason, signal });
    if (token === null || isToken(token)) return token;
  } catch (error) {
    if (signal.aborted || error instanceof CustomerWidgetError) throw error;
    throw new CustomerWidgetError('token-unavailable', 'The tokenSource failed; see `cause`.', {
      cause: error,
    });
  }
  throw new CustomerWidgetError(
    'token-invalid',
    'The tokenSource returned something that is neither a JWT nor null.',
  );
}

async function exchange(backendUrl: string, token: string, signal: AbortSignal): Promise<CustomerData> {
  const response = await fetchOrFail(
    backendUrl,
    { ...bearer(token), signal },
    'The backend could not be reached. Check backend-url, that it allows this page by CORS, and that it does not redirect.',
  );
  if (!response.ok) throw refusal(response);
  if (response.status === 204) return null;
  return parse(response);
}

function refusal(response: Response): CustomerWidgetError {
  const { status } = response;
  const codes: Record<number, CustomerWidgetErrorCode> = {
    401: 'unauthorized',
    403: 'forbidden',
    429: 'rate-limited',
  };
  return new CustomerWidgetError(codes[status] ?? 'backend-error', `The backend answered ${status}.`, {
    status,
    retryAfter: retryAfterOf(response),
  });
}

async function parse(response: Response): Promise<CustomerData> {
  const type = response.headers.get('content-type') ?? 'no content type';
  const { status } = response;
  const invalid = (what: string) =>
    new CustomerWidgetError('invalid-response', `The backend must answer with a JSON object, but ${what}.`, {
      status,
    });
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) throw invalid(`it sent ${type}`);
  const text = await textOf(response);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('its body is not JSON');
  }
  if (json === null) return null;
  if (typeof json !== 'object' || Array.isArray(json)) throw invalid('it sent another JSON value');
  return json as Record<string, unknown>;
}

/** Runs one of the two requests under its own time limit; the outer signal still aborts it. */
async function withTimeout<T>(
  milliseconds: number,
  outer: AbortSignal,
  who: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(milliseconds);
  try {
    return await run(AbortSignal.any([outer, limit]));
  } catch (error) {
    outer.throwIfAborted();
    if (limit.aborted)
      throw new CustomerWidgetError('timeout', `${who} did not answer within ${milliseconds} ms.`);
    throw error;
  }
}
