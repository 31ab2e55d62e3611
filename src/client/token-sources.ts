// Where the token comes from. The default is BigCommerce's own endpoint on the storefront.
import { failure, loadFailures } from './errors.js';
import { ask } from './http.js';
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

/** Who has failed, in messages. */
export const ENDPOINT = 'The token endpoint';

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
export function storefrontTokenSource({
  appClientId,
  tokenUrl: address = '/customer/current.jwt',
}: StorefrontTokenSourceOptions): TokenSource {
  const query = `${address.includes('?') ? '&' : '?'}app_client_id=${encodeURIComponent(appClientId)}`;
  return ({ signal }) => askForToken(address + query, 'same-origin', signal);
}

/**
 * Asks a route of your own, with the visitor's cookies, for a headless storefront. The route answers with the token
 * as text or as `{ "token": "…" }`, and a guest with 401, 204, `{ "token": null }` or a 404 as BigCommerce's.
 * An HTML 404 means that there is no such route, which is a failure and not a guest.
 *
 * @throws {CustomerWidgetError} `token-unavailable`, `token-invalid`, `rate-limited` or `network`.
 * @example
 * element.tokenSource = routeTokenSource('/api/customer-token');
 */
export function routeTokenSource(url: string): TokenSource {
  return ({ signal }) => askForToken(url, 'include', signal);
}

async function askForToken(
  address: string,
  credentials: RequestCredentials,
  signal: AbortSignal,
): Promise<string | null> {
  // Redirects stay unfollowed: one to a sign-in page would come back as a page, or as a CORS failure.
  const answer = await ask(ENDPOINT, address, { credentials, redirect: 'manual', signal });
  const { response, body } = answer;
  if (response.ok && response.status !== 204) return readToken(body);
  const reason = (await loadFailures())?.nobody(answer, credentials);
  if (reason === null) return null;
  throw await failure(reason ?? 'token-unavailable', ENDPOINT, response);
}
