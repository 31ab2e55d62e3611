// One load: an exchange, and its parsed answer.
import { CustomerWidgetError } from './errors.js';
import { exchange, type ExchangeContext } from './exchange.js';
import { refusal, type Answer } from './http.js';
import type { CustomerDataOptions } from './options.js';

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
  context: ExchangeContext = {},
): Promise<LoadResult> {
  const exchanged = await exchange(options, context);
  if (!exchanged) return { status: 'guest' };
  const { answer, customerId } = exchanged;
  return { status: 'customer', data: parseAnswer(answer), customerId };
}

/** @throws {CustomerWidgetError} for a refusal, and for an answer that is not a JSON object. */
export function parseAnswer({ response, body }: Answer): CustomerData {
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
