// What a load needs, and whether it makes sense. Checked before anything is requested.
import { CustomerWidgetError, failure } from './errors.js';
import type { TokenSource } from './token-sources.js';
import type { Transport } from './transports.js';

export interface CustomerDataOptions {
  /** Public client ID of an app-level API account. Never its secret. */
  appClientId: string;
  /** Your backend: `https:`, or root-relative; `http:` on localhost only. The token goes nowhere else. */
  backendUrl: string;
  /** The storefront's token endpoint. @default '/customer/current.jwt' */
  tokenUrl?: string | undefined;
  /** Replaces the storefront's endpoint, for a headless storefront. */
  tokenSource?: TokenSource | undefined;
  /** Milliseconds for each of the two requests. @default 10000 */
  timeout?: number | undefined;
  /** How the token travels to the backend. @default 'bearer' */
  transport?: Transport | undefined;
  /** Name of the header, field or parameter, for every transport but `bearer` and `text`. */
  transportName?: string | undefined;
}

let pinned: ReadonlySet<string> | undefined;

/**
 * Pins the origins that tokens may go to, for the whole page and for good: markup that names another backend is
 * `misconfigured` and gets no token. Call it early, once. A root-relative backend needs the page's own origin.
 *
 * @throws {CustomerWidgetError} `misconfigured` when it has been called before; TypeError for what is not an address.
 * @example
 * allowBackends(['https://api.example.com']);
 */
export function allowBackends(origins: readonly string[]): void {
  if (pinned) throw new CustomerWidgetError('misconfigured', 'allowBackends works once.');
  pinned = new Set(origins.map((address) => new URL(address).origin));
}

/**
 * Resolves when nothing is wrong with the options.
 *
 * @throws {CustomerWidgetError} `misconfigured`, with the first thing that is wrong and its fix.
 */
export async function assertOptions(options: CustomerDataOptions): Promise<void> {
  const problem = problemOf(options);
  if (problem) throw await failure(`misconfigured: ${problem}`);
}

function problemOf({
  appClientId,
  backendUrl,
  tokenUrl,
  timeout = 1,
}: CustomerDataOptions): string | undefined {
  if (!appClientId) return 'app-client-id';
  if (!isAllowed(backendUrl)) return 'backend-url';
  if (pinned?.has(resolve(backendUrl).origin) === false) return 'allowBackends';
  if (!isAllowed(tokenUrl ?? backendUrl)) return 'token-url';
  // 2^31 - 1 ms is the longest wait that a timer knows.
  return timeout > 0 && timeout < 2 ** 31 ? undefined : 'timeout';
}

/** The address that `fetch` would ask, which a Request tells; it throws where there is a password inside. */
export function resolve(address: string): URL {
  return new URL(new Request(address).url);
}

const SECURE_OR_LOCAL = /^https:|^http:\/\/(([^/]+\.)?localhost|127\.0\.0\.1|\[::1])[:/]/;

function isAllowed(address: string): boolean {
  try {
    const { href, origin } = resolve(address);
    // Browsers take `//host` and `/\host` for another host.
    if (address.startsWith('/')) return origin === location.origin;
    // What is not absolute is relative to the page, and means something else on each one.
    return URL.canParse(address) && SECURE_OR_LOCAL.test(href);
  } catch {
    return false;
  }
}
