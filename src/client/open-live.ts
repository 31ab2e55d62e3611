// The door to live updates: the code behind it is fetched when a page wants them.
import { assertOptions, type CustomerDataOptions } from './options.js';
import { tokenInTime } from './token-request.js';
import { failure } from './errors.js';
import type { CustomerData } from './load.js';

export interface LiveOptions extends CustomerDataOptions {
  /** `wss:` address that pushes new data; `ws:` on localhost only. */
  liveUrl: string;
  /** Whose data is shown. Messages for anybody else are not. */
  customerId: number;
}

export interface LiveListener {
  /** New data for the customer. */
  onData: (data: CustomerData) => void;
  /** Something says that another customer is signed in now. */
  onDoubt: () => void;
  /** The backend has ended the customer's session (4401). `wasAccepted`: it had sent data before. */
  onSignedOut: (wasAccepted: boolean) => void;
}

/** What the code behind the door has no copy of: there is one state of requests, and one class of errors. */
export const tools = { failure, assertOptions, tokenInTime };

/**
 * Follows a backend's live updates until the signal is aborted or the backend ends it. The wire is in docs/security.md.
 *
 * @throws {CustomerWidgetError} `misconfigured`; an abort while it waits to connect again rejects with its reason.
 */
export async function openLive(
  options: LiveOptions,
  listener: LiveListener,
  signal: AbortSignal,
): Promise<void> {
  const { followLive } = await import('./live.js');
  await followLive({ options, listener, signal, tools });
}
