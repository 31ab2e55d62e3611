// For applications that know when somebody signs in or out: all that is loaded, loads again.
import type { CustomerSession } from './session.js';
import { startAfresh } from './share.js';

/** Sessions that have loaded something, until they are cleared. */
export const loadedSessions = new Set<Pick<CustomerSession, 'clear' | 'refresh'>>();

/**
 * Call it after a sign-in or a sign-out that did not load the page anew. Every widget and session that is in use
 * drops its data at once and loads again with a token of the new session.
 *
 * @example
 * await signOut();
 * sessionChanged();
 */
export function sessionChanged(): void {
  const sessions = [...loadedSessions];
  for (const session of sessions) session.clear();
  // A token that was asked for before is another shopper's.
  startAfresh();
  for (const session of sessions) void session.refresh();
}
