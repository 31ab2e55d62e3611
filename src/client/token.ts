// The token's shape, and a look at whose it is. Nothing here verifies anything: only the backend can.
import { CustomerWidgetError } from './errors.js';

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
export function readToken(body: string): string | null {
  let token: unknown = body.trim();
  try {
    const json = JSON.parse(body) as string | { token?: unknown } | null;
    token = typeof json === 'string' ? json : json?.token;
  } catch {
    // Not JSON: the bare token, or something that has not the shape of one.
  }
  return token === null ? null : expectToken('The token endpoint', token);
}

/** @throws {CustomerWidgetError} `token-invalid` unless the value is three base64url parts, as a signed JWT is. */
export function expectToken(who: string, value: unknown): string {
  if (typeof value === 'string') {
    const parts = value.split('.');
    if (parts.length === 3 && parts.every(isBase64url)) return value;
  }
  // An empty answer is what `stencil start` gives from its cache; --no-cache turns that off.
  const what = value === '' ? 'nothing (stencil start needs --no-cache)' : 'something that is not a JWT';
  throw new CustomerWidgetError('token-invalid', `${who} returned ${what}.`);
}

/** Reads the payload without verifying it; a token that cannot be read gives no hints. */
export function peek(token: string): TokenHints {
  try {
    const base64 = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    // Bytes read as Latin-1: names may come out wrong, the numbers do not.
    const { customer, exp } = JSON.parse(atob(base64)) as { customer?: { id?: unknown }; exp?: unknown };
    const id = customer?.id;
    return { customerId: typeof id === 'number' ? id : undefined, timeLeft: Number(exp) * 1000 - Date.now() };
  } catch {
    // Not JSON inside: the backend will refuse it, and says why better than we could.
    return { customerId: undefined, timeLeft: NaN };
  }
}

// Characters one by one: a regular expression would leave the token in `RegExp.lastMatch`, for any script to read.
function isBase64url(part: string): boolean {
  for (const character of part) {
    const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    const isDigit = character >= '0' && character <= '9';
    if (!isLetter && !isDigit && character !== '-' && character !== '_') return false;
  }
  return part !== '';
}
