// One load: an exchange, and its parsed answer.
import { failure, loadFailures } from './errors.js';
import { BACKEND, exchange, type Exchanged, type LoadContext } from './exchange.js';
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
  const { signal = AbortSignal.any([]), reason = 'load', onCustomer } = context;
  const exchanged = await share(
    [...sourceKey(options), backendUrl, transport, transportName, timeout],
    { signal, onCustomer },
    (shared) => exchangePatiently(options, reason, shared),
  );
  if (!exchanged) return { status: 'guest' };
  const { response, body } = exchanged.answer;
  return { status: 'customer', data: await parseAnswer(response, body), customerId: exchanged.customerId };
}

async function exchangePatiently(
  options: CustomerDataOptions,
  reason: TokenReason,
  { signal, tell }: SharedRun,
): Promise<Required<Exchanged> | undefined> {
  const attempt = (reasonNow: TokenReason, renewable: boolean) =>
    exchange(options, { signal, reason: reasonNow, renewable, onCustomer: tell });
  const first = attempt(reason, true);
  const found = await first.catch((): Partial<Exchanged> => ({}));
  const failures = !found || found.answer?.response.ok ? undefined : await loadFailures();
  const last = failures?.tryAgain(first, signal, (renewable) => attempt('retry', renewable)) ?? first;
  // It has an answer: a last attempt does not wait for another token.
  return last as Promise<Required<Exchanged> | undefined>;
}

/**
 * Reads an answer of `customerFetch` as a load does.
 *
 * @throws {CustomerWidgetError} for a refusal, and for an answer that is not a JSON object.
 * @example
 * const data = await readCustomerData(await element.customerFetch('rewards/history'));
 */
export async function readCustomerData(response: Response): Promise<CustomerData> {
  return parseAnswer(response, await response.text());
}

async function parseAnswer(response: Response, body: string): Promise<CustomerData> {
  const { ok, status, headers } = response;
  const refusal = status === 401 ? 'unauthorized' : status === 403 ? 'forbidden' : 'backend-error';
  if (!ok) throw await failure(refusal, BACKEND, response);
  if (status === 204) return null;
  try {
    const isJson = /[/+]json\b/i.test(headers.get('content-type') ?? '');
    const json: unknown = isJson && JSON.parse(body);
    if (typeof json === 'object' && !Array.isArray(json)) return json as CustomerData;
  } catch {
    // Not JSON: the same sentence helps.
  }
  throw await failure('invalid-response', BACKEND, response);
}
