// When a read is tried again, and how long to wait before it. Fetched when a first attempt has failed.
import type { CustomerWidgetError } from './errors.js';

/** Three attempts in all, whatever goes wrong. */
const RETRIES = 2;

const TEMPORARY: readonly (number | undefined)[] = [429, 502, 503, 504];

/** A shopper waits no longer than this for a server that is busy, in seconds. */
const LONGEST_WAIT = 5;

/** What came of an attempt: the answer, or a number of milliseconds after which another one is wanted. */
export type Attempt<T> = (isLast: boolean) => Promise<T | number>;

/**
 * Goes on after a first attempt: until one succeeds, one fails for good, or three have failed. Network failures,
 * 502, 503, 504 and 429 are temporary. `Retry-After` is honoured; when it asks for more than five seconds, the failure
 * is told at once. Offline there is nothing to try.
 *
 * @param outcome of the first attempt
 * @throws what the last attempt threw, or the signal's reason
 */
export async function tryAgain<T>(
  outcome: Promise<T | number>,
  signal: AbortSignal,
  attempt: Attempt<T>,
): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    let wait: number;
    try {
      const found = await outcome;
      if (typeof found !== 'number') return found;
      wait = found;
    } catch (failure) {
      signal.throwIfAborted();
      const { code, status, retryAfter = 0 } = failure as CustomerWidgetError;
      const isTemporary = code === 'network' ? !isOffline() : TEMPORARY.includes(status);
      if (!isTemporary || retry === RETRIES || retryAfter > LONGEST_WAIT) throw failure;
      // Jitter keeps the widgets of many shoppers from coming back together.
      wait = retryAfter * 1000 || 300 * 2 ** retry * (1 - Math.random() / 2);
    }
    await pause(wait, signal);
    outcome = attempt(retry + 1 === RETRIES);
  }
}

function isOffline(): boolean {
  return (globalThis.navigator as Navigator | undefined)?.onLine === false;
}

/** @throws the signal's reason */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    const give = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', give, { once: true });
  });
}
