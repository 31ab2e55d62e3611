// What a load needs, and whether it makes sense. Checked before anything is requested.
import { CustomerWidgetError } from './errors.js';
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
  if (pinned) throw new CustomerWidgetError('misconfigured', 'allowBackends was called before: once is all.');
  pinned = new Set(origins.map((address) => new URL(address).origin));
}

/** @throws {CustomerWidgetError} `misconfigured`, with the first thing that is wrong. */
export function assertOptions(options: CustomerDataOptions): void {
  const problem = checkOptions(options);
  if (problem) throw new CustomerWidgetError('misconfigured', problem);
}

/** The first thing that is wrong, as a sentence with the fix; `undefined` when all is well. */
export function checkOptions({
  appClientId,
  backendUrl,
  tokenUrl,
  timeout = 1,
}: CustomerDataOptions): string | undefined {
  if (!appClientId) return "app-client-id is missing: set it to your app's client ID.";
  if (!isAllowed(backendUrl)) return `backend-url ${ADDRESS_RULE}`;
  if (!isPinned(resolve(backendUrl))) return 'backend-url has an origin that allowBackends does not list.';
  if (tokenUrl !== undefined && !isAllowed(tokenUrl)) return `token-url ${ADDRESS_RULE}`;
  // 2^31 - 1 ms is the longest wait that a timer knows.
  if (!(timeout > 0 && timeout < 2 ** 31)) return 'timeout must be a number of milliseconds, such as 10000.';
  return undefined;
}

const ADDRESS_RULE = 'must start with https:// or a single slash (http:// on localhost only).';

/** Whether the page lets tokens go there. */
export function isPinned({ origin }: URL): boolean {
  return !pinned || pinned.has(origin);
}

/** The address that `fetch` would ask, which a Request tells; it throws where there is a password inside. */
export function resolve(address: string): URL {
  return new URL(new Request(address).url);
}

function isAllowed(address: string): boolean {
  try {
    const { protocol, hostname, origin } = resolve(address);
    // Browsers take `//host` and `/\host` for another host.
    if (address.startsWith('/')) return origin === location.origin;
    // What is not absolute is relative to the page, and means something else on each one.
    if (!URL.canParse(address)) return false;
    const isLocal = /^(.+\.)?localhost$|^127\.0\.0\.1$|^\[::1\]$/.test(hostname);
    return protocol === 'https:' || (protocol === 'http:' && isLocal);
  } catch {
    return false;
  }
}
