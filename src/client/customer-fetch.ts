// A request of one's own to the backend, as the signed-in customer.
import { failure } from './errors.js';
import { exchange, type BackendRequest } from './exchange.js';
import type { CustomerDataOptions } from './options.js';

export interface CustomerRequest extends Omit<BackendRequest, 'path'> {
  signal?: AbortSignal;
  /** Whose request it is: when somebody else is signed in, nothing is sent. @default whoever is signed in */
  customerId?: number | undefined;
}

/**
 * Fetches from the backend with a fresh token, once. `path` is relative to `backendUrl` and stays on its origin.
 * Resolves with the answer, whatever its status.
 *
 * @throws {CustomerWidgetError} `unauthorized` when nobody is signed in, or another than `customerId`, and all that a
 * load throws before there is an answer.
 * @example
 * const response = await customerFetch(options, 'rewards/history?page=2');
 * if (response.ok) show(await response.json());
 */
export async function customerFetch(
  options: CustomerDataOptions,
  path?: string,
  { signal = AbortSignal.any([]), customerId, ...request }: CustomerRequest = {},
): Promise<Response> {
  const exchanged = await exchange(options, { reason: 'action', signal, customerId }, { ...request, path });
  if (!exchanged?.answer) throw await failure('unauthorized: guest');
  const { response, body } = exchanged.answer;
  return new Response(body || null, response);
}
