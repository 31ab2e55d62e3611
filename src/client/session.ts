// The state machine that the element shows: what is known about the shopper, and what may be on the screen.
import { customerFetch, type CustomerRequest } from './customer-fetch.js';
import { failure, type CustomerWidgetError } from './errors.js';
import { loadCustomerData, type CustomerData } from './load.js';
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
  /** Settles when the view can show data. It is called when a load begins, and the data waits for it. */
  view?: (() => Promise<unknown>) | undefined;
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
  /** Shows data that came by another way, if it is for the customer whose data is shown; returns whether it does. */
  push: (data: CustomerData, customerId: number | undefined) => boolean;
  /**
   * `customerFetch` for the customer whose data is shown, aborted when the session is cleared. When nobody is signed
   * in, or another customer is, nothing is sent: the data is loaded again, and the promise rejects with `unauthorized`.
   */
  fetch: (path?: string, request?: CustomerRequest) => Promise<Response>;
}

/** Failures after which nobody can say that the data on the screen still belongs to the shopper. */
const IDENTITY_IN_DOUBT = /misconfigured|token|unauthorized|forbidden/;

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
    loadedSessions[next.state === 'idle' ? 'delete' : 'add'](session);
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

  const kept = () => ({ data: snapshot.data, customerId: snapshot.customerId });

  function show(data: CustomerData, customerId: number | undefined): void {
    shownAt = Date.now();
    // Zero and `false` are values.
    const isSomething =
      data && Object.values(data).some((value) => ((value ?? '') as ArrayLike<unknown>).length !== 0);
    commit(isSomething ? { state: 'ready', data, customerId } : { state: 'empty', customerId });
  }

  async function load(reason: TokenReason): Promise<void> {
    const older = newest;
    const run = (newest = new AbortController());
    const { signal } = run;
    if (reason !== 'check') commit({ state: 'loading', ...kept() });
    try {
      const loading = loadCustomerData(options, {
        signal,
        reason,
        onCustomer(id) {
          if (id !== snapshot.customerId) commit({ state: 'loading', customerId: id });
          else if (reason === 'check') run.abort();
        },
      });
      const view = options.view?.();
      // Only now, so that the new run shares the token request of the one before.
      older?.abort();
      await Promise.allSettled([loading, view]);
      const result = await loading;
      await view;
      if (signal.aborted) return;
      if (result.status === 'guest') commit({ state: 'guest' });
      else show(result.data, result.customerId);
    } catch (cause) {
      if (signal.aborted) return;
      // What is none of ours is a part of the bundle that did not come.
      const error = await failure('network', 'A script', cause);
      if (run.signal.aborted) return;
      // The data stays, with its age, unless its owner is in doubt.
      const isKept = snapshot.data && !IDENTITY_IN_DOUBT.test(error.code);
      commit({ state: 'error', error, ...(isKept && { ...kept(), dataFrom: shownAt }) });
      if (error.code !== 'network') return;
      // A server has nobody who would tell.
      (globalThis as Partial<typeof globalThis>).addEventListener?.('online', refresh as () => void, {
        once: true,
        signal,
      });
    }
  }

  const refresh = () => load(snapshot.state === 'idle' ? 'load' : 'refresh');

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
      if (!/idle|loading/.test(snapshot.state)) await load('check');
    },
    push(data, customerId) {
      const isTheirs = /ready|empty/.test(snapshot.state) && customerId === snapshot.customerId;
      if (isTheirs) show(data, customerId);
      return isTheirs;
    },
    async fetch(path, { signal = sending.signal, ...request } = {}) {
      try {
        return await customerFetch(options, path, {
          customerId: snapshot.customerId,
          ...request,
          signal: AbortSignal.any([signal, sending.signal]),
        });
      } catch (failure) {
        if ((failure as CustomerWidgetError).code === 'unauthorized') void refresh();
        throw failure;
      }
    },
    clear() {
      newest?.abort();
      sending.abort();
      sending = new AbortController();
      commit({ state: 'idle', customerId: options.customerId });
    },
  };
  return session;
}
