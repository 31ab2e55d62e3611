// Checks Customer Login tokens, which an app signs to sign a customer in, as a store does: 30 seconds, once.
import { decodeJwt, jwtVerify } from 'jose';
import type { Store } from './store.js';

/** Whom a token signs in, and where they land. */
export interface CustomerLogin {
  customerId: number;
  redirectTo: string;
}

/** Gives what a token says; undefined when the store does not take it. */
export type CustomerLoginReader = (token: string) => Promise<CustomerLogin | undefined>;

const SECONDS_VALID = 30;

export function createCustomerLoginReader(store: Store): CustomerLoginReader {
  // A token lives 30 seconds, a store on this machine not much longer: nothing needs to be forgotten.
  const used = new Set<string>();

  return async (token) => {
    const claims = await verify(token, store).catch(() => undefined);
    if (!claims) return undefined;
    const { jti, customer_id: customerId, redirect_to: redirectTo } = claims;
    if (claims.operation !== 'customer_login' || claims.store_hash !== store.storeHash) return undefined;
    if (typeof jti !== 'string' || used.has(jti) || typeof customerId !== 'number') return undefined;
    used.add(jti);
    // Paths of the storefront only, or the address would send shoppers anywhere.
    const isPath = typeof redirectTo === 'string' && /^\/(?![/\\])/.test(redirectTo);
    return { customerId, redirectTo: isPath ? redirectTo : '/account.php' };
  };
}

async function verify(token: string, store: Store) {
  const clientId = decodeJwt(token).iss ?? '';
  const app = store.app(clientId);
  if (!app) return undefined;
  const { payload } = await jwtVerify(token, new TextEncoder().encode(app.clientSecret), {
    algorithms: ['HS256'],
    issuer: clientId,
    maxTokenAge: SECONDS_VALID,
  });
  return payload;
}
