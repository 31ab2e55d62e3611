// Issues Current Customer tokens the way a store does.
import { signCurrentCustomer } from '../server/index.js';
import type { EmulatedCustomer } from './sample-store.js';
import type { Store } from './store.js';

/** How tokens are signed. Live stores use HS512; BigCommerce's documentation shows HS256. */
export type TokenAlgorithm = 'HS512' | 'HS256';

/** Gives a customer's token for an app; undefined when the store does not know the app. */
export type TokenIssuer = (customer: EmulatedCustomer, clientId: string) => Promise<string> | undefined;

const LIFETIME_SECONDS = 900;

/** A store hands out the same token for a customer and an app, to all their sessions, until it expires. */
export function createTokenIssuer(store: Store, algorithm: TokenAlgorithm): TokenIssuer {
  const issued = new Map<string, { token: Promise<string>; expiresAt: number }>();
  return (customer, clientId) => {
    const app = store.app(clientId);
    if (!app) return undefined;
    const key = `${customer.id} ${clientId}`;
    const issuedAt = Math.floor(Date.now() / 1000);
    const last = issued.get(key);
    if (last && last.expiresAt > issuedAt) return last.token;
    const { id, email, groupId } = customer;
    const token = signCurrentCustomer(
      { id, email, groupId: groupId ?? 0 },
      { ...app, storeHash: store.storeHash, algorithm, expiresIn: LIFETIME_SECONDS, issuedAt },
    );
    issued.set(key, { token, expiresAt: issuedAt + LIFETIME_SECONDS });
    return token;
  };
}
