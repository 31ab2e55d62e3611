// The token's shape, and a look at whose it is. Nothing here verifies anything: only the backend can.
import { failure } from './errors.js';

/** What an unverified token says. It tells whether the page is stale and must never decide what is shown to whom. */
export interface TokenHints {
  customerId: number | undefined;
  /** Milliseconds until it expires, by this device's clock; not a number where the token does not say. */
  timeLeft: number;
}

/**
 * Takes the token out of a token endpoint's body: bare text, a quoted string or `{ "token": "…" }`.
 * BigCommerce answers with the first or the last, by the request's `Accept` header. `{ "token": null }` is a guest.
 *
 * @throws {CustomerWidgetError} `token-invalid` for anything else, HTML and an empty body included.
 */
export async function readToken(body: string): Promise<string | null> {
  let token: unknown = body.trim();
  try {
    const json = JSON.parse(body) as string | { token?: unknown } | null;
    token = typeof json === 'string' ? json : json?.token;
  } catch {
    // Not JSON: the bare token, or something that has not the shape of one.
  }
  return token === null ? null : expectToken(token);
}

/** @throws {CustomerWidgetError} `token-invalid` unless the value is three parts as a signed JWT's are. */
export async function expectToken(value: unknown): Promise<string> {
  if (typeof value === 'string') {
    const parts = value.split('.');
    // Without a regular expression, which would leave the token in `RegExp.lastMatch` for any script to read. What
    // stays as it is in an address is base64url, and a few characters that the backend refuses.
    if (parts.length === 3 && parts.every((part) => part && encodeURIComponent(part) === part)) return value;
  }
  // An empty answer is what `stencil start` gives from its cache; --no-cache turns that off.
  throw await failure(value === '' ? 'token-invalid: empty' : 'token-invalid');
}

/** Reads the payload without verifying it; a token that cannot be read gives no hints. */
export function peek(token: string): TokenHints {
  let payload: { customer?: { id?: unknown } | null; exp?: unknown } | null | undefined;
  try {
    // Bytes read as Latin-1: names may come out wrong, the numbers do not.
    payload = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as {
      customer?: { id?: unknown } | null;
      exp?: unknown;
    };
  } catch {
    // Not JSON inside: the backend will refuse it, and says why better than we could.
  }
  const id = payload?.customer?.id;
  return {
    customerId: typeof id === 'number' ? id : undefined,
    timeLeft: Number(payload?.exp) * 1000 - Date.now(),
  };
}
