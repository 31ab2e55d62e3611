/**
 * Who is signed in, as a headless storefront knows it: a session cookie that scripts cannot read, and behind it what
 * BigCommerce's storefront API gave for the password. Here that API is played by the sample customers.
 */
import { randomBytes } from 'node:crypto';
import { sampleStore } from 'bc-customer-widget/emulator';

export interface Shopper {
  id: number;
  email: string;
}

const COOKIE = 'shop_session';
const sessions = new Map<string, Shopper>();

/**
 * A real shop sends the `login` mutation here and keeps the customer access token in the session, on the server:
 * https://developer.bigcommerce.com/docs/storefront/graphql
 */
export function signIn(email: string, password: string): string | undefined {
  const found = sampleStore.customers.find((one) => one.email === email && one.password === password);
  if (!found) return undefined;
  const key = randomBytes(32).toString('base64url');
  sessions.set(key, { id: found.id, email });
  return `${COOKIE}=${key}; HttpOnly; SameSite=Lax; Path=/`;
}

export function signOut(request: Request): string {
  sessions.delete(keyOf(request));
  return `${COOKIE}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0`;
}

/**
 * A real shop asks the storefront API, with the customer access token: `{ customer { entityId email } }`. A token
 * that was withdrawn gives no customer, and so no token of ours.
 */
export function currentShopper(request: Request): Shopper | undefined {
  return sessions.get(keyOf(request));
}

function keyOf(request: Request): string {
  const cookies = (request.headers.get('cookie') ?? '').split('; ');
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
