// What both requests share: failures with a code, and the wait that a server asks for.
import { CustomerWidgetError } from './errors.js';

/** `fetch`, but a missing answer is a `network` error with the given sentence. An abort stays an abort. */
export async function fetchOrFail(address: string, init: RequestInit, sentence: string): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new CustomerWidgetError('network', sentence, { cause });
  }
}

/** The whole body as text; a connection that breaks on the way is a `network` error. */
export async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new CustomerWidgetError(
      'network',
      'The connection broke off before the whole answer had arrived.',
      { cause },
    );
  }
}

/** Seconds from `Retry-After` (a number or a date), or `undefined`. */
export function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = value.trim() === '' ? NaN : Number(value);
  const wait = Number.isFinite(seconds) ? seconds : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
