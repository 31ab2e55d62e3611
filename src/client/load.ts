// One load: an exchange, and its parsed answer.
import { CustomerWidgetError } from './errors.js';
import { exchange, type Exchanged, type ExchangeContext } from './exchange.js';
import { refusal, type Answer } from './http.js';
import type { CustomerDataOptions } from './options.js';
import { share, type SharedRun } from './share.js';
import { sourceKey } from './single-flight.js';
import type { TokenReason } from './token-sources.js';

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
  const { backendUrl, transport, transportName, timeout } = options;
  const { signal = new AbortController().signal, reason = 'load', onCustomer } = context;
  const exchanged = await share(
    [...sourceKey(options), backendUrl, transport, transportName, timeout],
    { signal, onCustomer },
    (shared) => exchangePatiently(options, reason, shared),
  );
  if (!exchanged) return { status: 'guest' };
  const { answer, customerId } = exchanged;
  return { status: 'customer', data: parseAnswer(answer), customerId };
}

async function exchangePatiently(
  options: CustomerDataOptions,
  reason: TokenReason,
  { signal, tell, close }: SharedRun,
): Promise<Exchanged | undefined> {
  let isRenewed = false;
  const attempt = async (isRetry: boolean, isLast: boolean) => {
    const exchanged = await exchange(options, {
      signal,
      reason: isRetry ? 'retry' : reason,
      renewable: !isRenewed && !isLast,
      onCustomer(customerId) {
        // From here on the answer may be older than what a newcomer wants to know.
        close();
        tell(customerId);
      },
    });
    if (typeof exchanged === 'number') isRenewed = true;
    else if (exchanged) assertOk(exchanged.answer);
    return exchanged;
  };
  const first = attempt(false, false);
  const exchanged = await first.catch(() => 0);
  if (typeof exchanged !== 'number') return exchanged;
  // Where the network is gone, so is this file: then the first failure stands.
  const patience = await import('./patience.js').catch(() => first as Promise<never>);
  return patience.tryAgain(first, signal, (isLast) => attempt(true, isLast));
}

/** @throws {CustomerWidgetError} for a refusal */
function assertOk({ response }: Answer): void {
  if (response.ok) return;
  const { status } = response;
  const code = status === 401 ? 'unauthorized' : status === 403 ? 'forbidden' : 'backend-error';
  throw refusal('The backend', response, code);
}

/** @throws {CustomerWidgetError} for a refusal, and for an answer that is not a JSON object. */
export function parseAnswer(answer: Answer): CustomerData {
  assertOk(answer);
  const { response, body } = answer;
  const { status } = response;
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
