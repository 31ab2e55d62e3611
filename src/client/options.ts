// What a load needs, and whether it makes sense. Checked before anything is requested.
import type { TokenSource } from './token-sources.js';

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
  if (tokenUrl !== undefined && !isAllowed(tokenUrl)) return `token-url ${ADDRESS_RULE}`;
  // 2^31 - 1 ms is the longest wait that a timer knows.
  if (!(timeout > 0 && timeout < 2 ** 31)) return 'timeout must be a number of milliseconds, such as 10000.';
  return undefined;
}

const ADDRESS_RULE = 'must start with https:// or a single slash (http:// on localhost only).';

function isAllowed(address: string): boolean {
  // Browsers take `//host` and `/\host` for another host.
  if (address.startsWith('/')) return !/^\/[/\\]/.test(address);
  try {
    const { protocol, hostname, username, password } = new URL(address);
    const isLocal = /^(.+\.)?localhost$|^127\.0\.0\.1$|^\[::1\]$/.test(hostname);
    return (protocol === 'https:' || (protocol === 'http:' && isLocal)) && !username && !password;
  } catch {
    return false;
  }
}
