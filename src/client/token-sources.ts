// Where the token comes from. The default is BigCommerce's own endpoint on the storefront.
import { CustomerWidgetError } from './errors.js';
import { ask, refusal } from './http.js';
import { readToken } from './token.js';

/**
 * Why a token is asked for: the first load, a refresh, something that the shopper does, another try after a failure,
 * a look at who is signed in, or a connection for live updates.
 */
export type TokenReason = 'load' | 'refresh' | 'action' | 'retry' | 'check' | 'live';

export interface TokenContext {
  /** Aborted when nobody waits for the token any more. */
  signal: AbortSignal;
  reason: TokenReason;
}

/** Resolves with a token, or `null` for a guest; rejects when that cannot be told. */
export type TokenSource = (context: TokenContext) => Promise<string | null>;

export interface StorefrontTokenSourceOptions {
  /** Public client ID of an app-level API account. */
  appClientId: string;
  /** The storefront's endpoint. @default '/customer/current.jwt' */
  tokenUrl?: string | undefined;
}

export const STOREFRONT_TOKEN_URL = '/customer/current.jwt';

/**
 * Asks the storefront's Current Customer endpoint, with the shopper's session cookie.
 * It answers a guest with 404 and JSON that holds `errors`; an HTML 404 means that there is no
 * such endpoint (a headless domain), which is a failure and not a guest.
 *
 * @throws {CustomerWidgetError} `token-unavailable`, `token-invalid`, `rate-limited` or `network`.
 * @see https://developer.bigcommerce.com/docs/start/authentication/current-customer
 * @example
 * const token = await storefrontTokenSource({ appClientId: 'abc123' })({ signal, reason: 'load' });
 */
export function storefrontTokenSource({ appClientId, tokenUrl }: StorefrontTokenSourceOptions): TokenSource {
  const address = tokenUrl ?? STOREFRONT_TOKEN_URL;
  const query = `${address.includes('?') ? '&' : '?'}app_client_id=${encodeURIComponent(appClientId)}`;
  const who = 'The token endpoint';

  return async ({ signal }) => {
    // Redirects stay unfollowed: one to a sign-in page would come back as a page, or as a CORS failure.
    const init: RequestInit = { credentials: 'same-origin', redirect: 'manual', signal };
    const { response, body } = await ask(who, address + query, init);
    if (response.ok) return readToken(body);
    if (response.status !== 404) throw refusal(who, response, 'token-unavailable');
    if (!body.trimStart().startsWith('<') && body.includes('errors')) return null;
    throw new CustomerWidgetError(
      'token-unavailable',
      'No token endpoint here (404): headless sets tokenSource.',
      {
        status: 404,
      },
    );
  };
}
