// How the token travels to the backend.
import { failure } from './errors.js';
import type { CustomerDataOptions } from './options.js';

/**
 * - `bearer` `Authorization: Bearer …`
 * - `header` a header of its own, `X-Current-Customer` unless named
 * - `json` a field of a JSON body, `token` unless named; the request becomes a POST
 * - `form` the same in a form body
 * - `text` the whole body, as `text/plain`: no preflight request is needed
 * - `query` a parameter of the address, `token` unless named. Addresses end up in logs: only where nothing else works
 */
export type Transport = 'bearer' | 'header' | 'json' | 'text' | 'form' | 'query';

/** A request as it is before the token is in it. */
export interface BareRequest {
  address: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What the token adds to a request, or replaces in it. */
export interface Load {
  address?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Where the token goes. */
export type Loader = (token: string, request: BareRequest) => Load;

/** Gives the loader of the wanted transport, before there is a token: those other than `bearer` are fetched. */
export async function loaderFor(
  { transport = 'bearer', transportName }: CustomerDataOptions,
  input: string | undefined,
): Promise<Loader> {
  if (transport === 'bearer' && transportName === undefined) return bearer;
  const { otherLoader } = await import('./other-transports.js');
  return otherLoader(transport, transportName, input, failure);
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const bearer: Loader = (token) => ({ headers: { authorization: `Bearer ${token}` } });
