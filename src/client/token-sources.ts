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
  const who = 'The token endpoint';
  // Redirects stay unfollowed: one to a sign-in page would come back as a page, or as a CORS failure.
  const { response, body } = await ask(who, address, { credentials, redirect: 'manual', signal });
  const { ok, status } = response;
  // What a route's own session check answers to guests; BigCommerce's endpoint does not.
  if (credentials === 'include' && (status === 204 || status === 401)) return null;
  if (ok) return readToken(body);
  if (status !== 404) throw refusal(who, response, 'token-unavailable');
  if (!body.trimStart().startsWith('<') && body.includes('errors')) return null;
  throw new CustomerWidgetError(
    'token-unavailable',
    'No token endpoint here (404): headless sets tokenSource.',
    { status },
  );
}
