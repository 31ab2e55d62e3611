// Where the token comes from. The default is BigCommerce's own endpoint on the storefront.
import { CustomerWidgetError } from './errors.js';
import { fetchOrFail, retryAfterOf, textOf } from './http.js';
import { readToken } from './token.js';

/** Why a token is asked for: the first load, or a refresh. */
export type TokenReason = 'load' | 'refresh';

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
  /** The storefront's endpoint; BigCommerce's own path by default. */
  tokenUrl?: string;
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
export function storefrontTokenSource(options: StorefrontTokenSourceOptions): TokenSource {
  const { appClientId, tokenUrl = STOREFRONT_TOKEN_URL } = options;
  const separator = tokenUrl.includes('?') ? '&' : '?';
  const address = `${tokenUrl}${separator}app_client_id=${encodeURIComponent(appClientId)}`;

  return async ({ signal }) => {
    const response = await fetchOrFail(
      address,
      // `manual`: a redirect (to a sign-in page, say) must not be followed, and can be told from "unreachable".
      { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal },
      'The token endpoint could not be reached. Check token-url and that the page is on the storefront itself.',
    );
    if (response.ok) return readToken(await textOf(response));
    if (response.status === 404 && isGuestAnswer(await textOf(response))) return null;
    throw refusal(response);
  };
}

function isGuestAnswer(body: string): boolean {
  return !body.trimStart().startsWith('<') && body.includes('errors');
}

function refusal(response: Response): CustomerWidgetError {
  const { status } = response;
  if (status === 429) {
    return new CustomerWidgetError('rate-limited', 'The token endpoint answered 429: too many requests.', {
      status,
      retryAfter: retryAfterOf(response),
    });
  }
  if (response.type === 'opaqueredirect') {
    return new CustomerWidgetError(
      'token-unavailable',
      'The token endpoint redirected instead of answering. Check token-url.',
    );
  }
  const message =
    status === 404
      ? 'There is no token endpoint at token-url (404 without `errors`). A headless storefront needs its own tokenSource.'
      : `The token endpoint answered ${status}.`;
  return new CustomerWidgetError('token-unavailable', message, { status });
}
