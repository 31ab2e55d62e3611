// How the token travels to the backend.
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
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
}

export interface LoadedRequest extends RequestInit {
  address: string;
}

/** Puts a token into a request. */
export type Loader = (token: string, request: BareRequest) => LoadedRequest;

/** Gives the loader of the wanted transport, before there is a token: those other than `bearer` are fetched. */
export async function loaderFor(options: CustomerDataOptions): Promise<Loader> {
  const { transport = 'bearer', transportName } = options;
  if (transport === 'bearer' && transportName === undefined) return bearer;
  const { otherLoader } = await import('./other-transports.js');
  return otherLoader(transport, transportName);
}

/**
 * Without cookies, redirects or referrer (and uncached, like every request here): the token reaches the given address
 * and nothing else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
const bearer: Loader = (token, request) => carry(request, { headers: { authorization: `Bearer ${token}` } });

/** The request with its token, sent to the given address and nowhere else. */
export function carry(
  { headers, ...request }: BareRequest,
  token: { address?: string; headers?: Record<string, string>; method?: string; body?: string },
): LoadedRequest {
  return {
    ...(request as LoadedRequest),
    ...token,
    headers: { accept: 'application/json', ...headers, ...token.headers },
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  };
}
