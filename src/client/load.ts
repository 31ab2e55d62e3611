// One load: an exchange, and its parsed answer.
import { failure, loadFailures } from './errors.js';
import { BACKEND, exchange, type Exchanged, type LoadContext } from './exchange.js';
import type { Answer } from './http.js';
import type { CustomerDataOptions } from './options.js';
import { share, type SharedRun } from './share.js';
import { sourceKey } from './token-request.js';
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
  context: LoadContext = {},
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
  return { status: 'customer', data: await parseAnswer(answer as Answer), customerId };
}

async function exchangePatiently(
  options: CustomerDataOptions,
  reason: TokenReason,
  { signal, tell }: SharedRun,
): Promise<Exchanged | undefined> {
  const attempt = (reasonNow: TokenReason, renewable: boolean) =>
    exchange(options, { signal, reason: reasonNow, renewable, onCustomer: tell });
  const first = attempt(reason, true);
  const isDone = await first.then(
    (found) => !found || found.answer?.response.ok,
    () => false,
  );
  if (isDone) return first;
  const again = (renewable: boolean) => attempt('retry', renewable);
  return (await loadFailures())?.tryAgain(first, signal, again) ?? again(false);
}

/** @throws {CustomerWidgetError} for a refusal, and for an answer that is not a JSON object. */
export async function parseAnswer({ response, body }: Answer): Promise<CustomerData> {
  const { ok, status, headers } = response;
  const refusal = status === 401 ? 'unauthorized' : status === 403 ? 'forbidden' : 'backend-error';
  if (!ok) throw await failure(refusal, { who: BACKEND, response });
  if (status === 204) return null;
  try {
    const isJson = /[/+]json\b/i.test(headers.get('content-type') ?? '');
    const json: unknown = isJson && JSON.parse(body);
    if (typeof json === 'object' && !Array.isArray(json)) return json as CustomerData;
  } catch {
    // Not JSON: the same sentence helps.
  }
  throw await failure('invalid-response', { who: BACKEND, response });
}
