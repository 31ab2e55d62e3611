// One load: token, exchange, parsed data. The token is a local variable of this file and nowhere else.
import { CustomerWidgetError } from './errors.js';
import { ask, inTime, refusal, type Answer } from './http.js';
import { checkOptions, type CustomerDataOptions } from './options.js';
import { requestToken } from './single-flight.js';
import { peekCustomerId } from './token.js';
import type { TokenReason } from './token-sources.js';
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
  const { backendUrl, timeout = 10_000 } = options;
  const { signal = new AbortController().signal, reason = 'load', onCustomer } = context;

  const token = await inTime('The token endpoint', timeout, signal, (limited) =>
    requestToken(options, { reason, signal: limited }),
  );
  if (token === null) return { status: 'guest' };
  const customerId = peekCustomerId(token);
  onCustomer?.(customerId);
  signal.throwIfAborted();
  const answer = await inTime('The backend', timeout, signal, (limited) =>
    ask('The backend', backendUrl, { ...bearer(token), signal: limited }),
  );
  return { status: 'customer', data: parse(answer), customerId };
}

function parse({ response, body }: Answer): CustomerData {
  const { status } = response;
  if (!response.ok) {
    throw refusal(
      'The backend',
      response,
      status === 401 ? 'unauthorized' : status === 403 ? 'forbidden' : 'backend-error',
    );
  }
  if (status === 204) return null;
  try {
    const type = response.headers.get('content-type') ?? '';
    const json: unknown = /^application\/([\w.-]+\+)?json\b/i.test(type) ? JSON.parse(body) : undefined;
    if (typeof json === 'object' && !Array.isArray(json)) return json as CustomerData;
  } catch {
    // Not JSON: the same sentence helps.
  }
  throw new CustomerWidgetError(
    'invalid-response',
    'The backend must answer with an application/json object.',
    { status },
  );
}
