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
export function checkOptions(options: CustomerDataOptions): string | undefined {
  const { appClientId, backendUrl, tokenUrl, timeout } = options;
  if (!appClientId) return 'app-client-id is missing: set it to the client ID of an app-level API account.';
  if (!backendUrl) return 'backend-url is missing: set it to the address of your backend.';
  const address = checkAddress('backend-url', backendUrl);
  if (address) return address;
  const endpoint = tokenUrl === undefined ? undefined : checkAddress('token-url', tokenUrl);
  if (endpoint) return endpoint;
  // 2^31 - 1 ms is the longest wait a timer knows.
  if (timeout !== undefined && !(timeout > 0 && timeout < 2 ** 31)) {
    return 'timeout must be a number of milliseconds above 0, such as 10000.';
  }
  return undefined;
}

function checkAddress(name: string, address: string): string | undefined {
  // `//host` and `/\host` look root-relative and are not: browsers take both for another host.
  if (address.startsWith('/') && !/^\/[/\\]/.test(address)) return undefined;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return `${name} must be an absolute https: address or start with a single slash.`;
  }
  if (url.username || url.password) return `${name} must not hold a user name or password.`;
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname))) return undefined;
  return `${name} must use https: (http: is for localhost only).`;
}

function isLocal(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]'
  );
}
