// The shopper's session: a cookie that no script can read, as on a real store.
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { EmulatedCustomer } from './sample-store.js';
import type { Store } from './store.js';

const SESSION_COOKIE = 'SHOP_SESSION_TOKEN';

export function customerOf(context: Context, store: Store): EmulatedCustomer | undefined {
  return store.customer(getCookie(context, SESSION_COOKIE));
}

/** The earlier session ends with the sign-in: a session id never passes from one customer to the next. */
export function startSession(context: Context, store: Store, sessionId: string): void {
  store.signOut(getCookie(context, SESSION_COOKIE));
  setCookie(context, SESSION_COOKIE, sessionId, { path: '/', httpOnly: true, sameSite: 'Lax' });
}

export function endSession(context: Context, store: Store): void {
  store.signOut(getCookie(context, SESSION_COOKIE));
  deleteCookie(context, SESSION_COOKIE);
}
