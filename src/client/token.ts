// The token's shape, and a look at whose it is. Nothing here verifies anything: only the backend can.
import { CustomerWidgetError } from './errors.js';

/**
 * Takes the token out of a token endpoint's body: bare text, a quoted string or `{ "token": "…" }`.
 * BigCommerce answers with the first or the last, by the request's `Accept` header.
 *
 * @throws {CustomerWidgetError} `token-invalid` for anything else, HTML and an empty body included.
 */
export function readToken(body: string): string {
  const text = body.trim();
  const token = text.startsWith('{') || text.startsWith('"') ? tokenFromJson(text) : text;
  if (!isToken(token)) throw new CustomerWidgetError('token-invalid', whyInvalid(text));
  return token;
}

/** Whether a value is three non-empty base64url parts, as every signed JWT is. */
export function isToken(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const parts = value.split('.');
  return parts.length === 3 && parts.every(isBase64url);
}

/** `customer.id` of an unverified token. It tells whether the page is stale and must never decide what is shown to whom. */
export function peekCustomerId(token: string): number | undefined {
  try {
    const base64 = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const payload = JSON.parse(new TextDecoder().decode(bytes)) as { customer?: { id?: unknown } } | null;
    const id = payload?.customer?.id;
    return typeof id === 'number' ? id : undefined;
  } catch {
    // Not JSON inside: the backend will refuse it, and says why better than we could.
    return undefined;
  }
}

function tokenFromJson(text: string): unknown {
  try {
    const json = JSON.parse(text) as string | { token?: unknown };
    return typeof json === 'string' ? json : json.token;
  } catch {
    return undefined;
  }
}

// Characters one by one, not a regular expression: an engine keeps the last string that an expression matched.
function isBase64url(part: string): boolean {
  for (const character of part) {
    const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    const isDigit = character >= '0' && character <= '9';
    if (!isLetter && !isDigit && character !== '-' && character !== '_') return false;
  }
  return part !== '';
}

function whyInvalid(text: string): string {
  if (text === '') {
    return 'The token endpoint answered with an empty body. With `stencil start`, add --no-cache.';
  }
  if (text.startsWith('<')) {
    return 'The token endpoint answered with an HTML page, not a token. Check token-url; a headless storefront needs its own tokenSource.';
  }
  return 'The token endpoint answered with something that is not a JWT. Check token-url or tokenSource.';
}
