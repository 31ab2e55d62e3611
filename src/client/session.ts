// The state machine that the element shows: what is known about the shopper, and what may be on the screen.
import { CustomerWidgetError, type CustomerWidgetErrorCode } from './errors.js';
import { exchange, type BackendRequest } from './exchange.js';
import type { Answer } from './http.js';
import { loadCustomerData, parseAnswer, type CustomerData } from './load.js';
import type { CustomerDataOptions } from './options.js';
import { loadedSessions } from './session-change.js';
import type { TokenReason } from './token-sources.js';

export type CustomerState = 'idle' | 'loading' | 'ready' | 'empty' | 'guest' | 'error';

export interface CustomerSnapshot {
  readonly state: CustomerState;
  /** What may be shown: kept while it is loaded again, gone as soon as its owner is in doubt. */
  readonly data?: Record<string, unknown> | undefined;
  readonly error?: CustomerWidgetError | undefined;
  /** Whose data it is, as the unverified token says. */
  readonly customerId?: number | undefined;
  /** When the data came, in milliseconds since 1970, after an attempt to load it again has failed. */
  readonly dataFrom?: number | undefined;
}

export type SessionListener = (snapshot: CustomerSnapshot, previous: CustomerSnapshot) => void;

export interface CustomerSessionOptions extends CustomerDataOptions {
  /** The customer that the page was rendered for; another one in the token makes the page stale. */
  customerId?: number | undefined;
  /** Settles when the view can show data. It is fetched beside the token, and data waits for it. */
  view?: Promise<unknown> | undefined;
}

export interface CustomerSession {
  readonly snapshot: CustomerSnapshot;
  /** Calls the listener on each change; returns the function that stops it. */
  subscribe: (listener: SessionListener) => () => void;
  /** Loads, or loads again. Resolves when this run has ended, however it did; a newer run ends it. */
  refresh: () => Promise<void>;
  /**
   * Looks who is signed in, with a token request only. The same customer's data stays; a guest's or another one's
   * page is wiped, and loaded again.
   */
  check: () => Promise<void>;
  /** Aborts what is under way and forgets all data: also the way to end a session that is no longer needed. */
  clear: () => void;
  /** Shows data that came by another way, if it is for the customer whose data is shown. */
  push: (data: CustomerData, customerId: number) => void;
  /**
   * Asks the backend something else for the same customer, once. When nobody is signed in, or another customer is,
   * nothing is sent: the data is loaded again, and the promise rejects with `unauthorized`.
   */
  send: (request: BackendRequest) => Promise<Answer>;
  /** Shows an answer instead of what is shown; loads again after one without content. Throws as a load does. */
  accept: (answer: Answer) => CustomerData;
}

/** Failures after which nobody can say that the data on the screen still belongs to the shopper. */
const IDENTITY_IN_DOUBT: readonly CustomerWidgetErrorCode[] = [
  'misconfigured',
  'token-unavailable',
  'token-invalid',
  'unauthorized',
  'forbidden',
];

/**
 * Keeps one customer's data and state for a view, as the element does: loads, refreshes, wipes, and tells who listens.
 *
 * @example
 * const session = createCustomerSession({ appClientId: 'abc123', backendUrl: '/api/rewards' });
 * session.subscribe(({ state, data }) => render(state, data));
 * await session.refresh();
 */
export function createCustomerSession(options: CustomerSessionOptions): CustomerSession {
  const listeners = new Set<SessionListener>();
  let snapshot: CustomerSnapshot = { state: 'idle', customerId: options.customerId };
  let newest: AbortController | undefined;
  let sending = new AbortController();
  let shownAt: number | undefined;

  function commit(next: CustomerSnapshot): void {
    const previous = snapshot;
    snapshot = next;
    if (next.state === 'idle') loadedSessions.delete(session);
    else loadedSessions.add(session);
    for (const listener of listeners) {
      try {
        listener(next, previous);
      } catch (error) {
        // Reported as uncaught, like an event listener's; it must not stop the load.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  function show(data: CustomerData, customerId: number | undefined): void {
    const isNothing = data === null || isEmpty(data);
    shownAt = Date.now();
    commit(isNothing ? { state: 'empty', customerId } : { state: 'ready', data, customerId });
  }

  async function send(request: BackendRequest): Promise<Answer> {
    const { signal } = sending;
    const stranger = new AbortController();
    const context = {
      signal: AbortSignal.any([signal, stranger.signal]),
      reason: 'action' as const,
      onCustomer: (customerId: number | undefined) => {
        if (snapshot.customerId !== undefined && customerId !== snapshot.customerId) stranger.abort();
      },
    };
    const exchanged = await exchange(options, context, request).catch((error: unknown) => {
      if (!stranger.signal.aborted) throw error;
      return undefined;
    });
    if (typeof exchanged === 'object') return exchanged.answer;
    void refresh();
    throw new CustomerWidgetError('unauthorized', 'The customer whose data is shown has signed out.');
  }

  function accept(answer: Answer): CustomerData {
    // A token that the backend does not take: the next load shows who is signed in.
    if (answer.response.status === 401) void refresh();
    const data = parseAnswer(answer);
    // A load that is under way began before the change.
    newest?.abort();
    newest = undefined;
    if (data) show(data, snapshot.customerId);
    else void refresh();
    return data;
  }

  async function load(reason: TokenReason): Promise<void> {
    const older = newest;
    const run = (newest = new AbortController());
    const { signal } = run;
    const { data, customerId } = snapshot;
    if (reason !== 'check') commit({ state: 'loading', data, customerId });
    try {
      const loading = loadCustomerData(options, {
        signal,
        reason,
        onCustomer(id) {
          if (run !== newest) return;
          if (id !== snapshot.customerId) commit({ state: 'loading', customerId: id });
          else if (reason === 'check') run.abort();
        },
      });
      // Only now, so that the new run shares the token request of the one before.
      older?.abort();
      const result = await loading;
      await options.view;
      if (run !== newest) return;
      if (result.status === 'guest') commit({ state: 'guest' });
      else show(result.data, result.customerId);
    } catch (failure) {
      if (run === newest && !signal.aborted) fail(failure as CustomerWidgetError, signal);
    }
  }

  const refresh = () => load(snapshot.state === 'idle' ? 'load' : 'refresh');

  /** The data stays, with its age, unless its owner is in doubt. */
  function fail(error: CustomerWidgetError, signal: AbortSignal): void {
    const { data, customerId } = snapshot;
    const isKept = data && !IDENTITY_IN_DOUBT.includes(error.code);
    commit({ state: 'error', error, ...(isKept && { data, customerId, dataFrom: shownAt }) });
    if (error.code === 'network' && (globalThis.navigator as Navigator | undefined)?.onLine === false) {
      addEventListener('online', () => void refresh(), { once: true, signal });
    }
  }

  const session: CustomerSession = {
    get snapshot() {
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    check: async () => {
      // A load finds out by itself.
      if (snapshot.state !== 'idle' && snapshot.state !== 'loading') await load('check');
    },
    send,
    accept,
    push(data, customerId) {
      const isShown = snapshot.state === 'ready' || snapshot.state === 'empty';
      if (isShown && customerId === snapshot.customerId) show(data, customerId);
    },
    clear() {
      newest?.abort();
      newest = undefined;
      sending.abort();
      sending = new AbortController();
      commit({ state: 'idle', customerId: options.customerId });
    },
  };
  return session;
}

/** Nothing to show: every field is empty. Zero and `false` are values. */
function isEmpty(data: Record<string, unknown>): boolean {
  return Object.values(data).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}
