/** Signs a token of the Current Customer shape: for the emulated store, for tests, and for a headless store's own issuer. */
import { SignJWT } from 'jose';
import { assertSecret, importSecret, type Algorithm } from './secret.js';

/** The customer whose token is signed. */
export interface CustomerToSign {
  /** The customer's id in the store, a positive integer. */
  id: number;
  email: string;
  /** The customer group's id; 0, the default, is "no group". */
  groupId?: number;
}

export interface SignOptions {
  /** Client ID of the app-level API account, the token's audience. */
  clientId: string;
  /** The app's client secret, used as the UTF-8 bytes that it is written with. */
  clientSecret: string;
  storeHash: string;
  /**
   * Live tokens are HS512; the sample in the platform's documentation is HS256.
   * @default 'HS512'
   */
  algorithm?: Algorithm;
  /**
   * Lifetime in seconds.
   * @default 900
   */
  expiresIn?: number;
  /**
   * Time of issue, in seconds since 1970.
   * @default now
   */
  issuedAt?: number;
  /**
   * Set it to sign for an issuer of your own. Use a secret of its own with it, never the client secret.
   * @default 'bc/apps'
   */
  issuer?: string;
}

/**
 * Signs what `/customer/current.jwt` of a BigCommerce store would return for this customer and app.
 *
 * @returns the token in its compact form
 * @throws TypeError when the id is not a positive integer or the secret is too short
 * @example
 * const token = await signCurrentCustomer(
 *   { id: 1, email: 'ada@example.com' },
 *   { clientId: 'my-app', clientSecret, storeHash: 'abc123' },
 * );
 */
export async function signCurrentCustomer(customer: CustomerToSign, options: SignOptions): Promise<string> {
  const {
    clientId,
    clientSecret,
    storeHash,
    algorithm = 'HS512',
    expiresIn = 900,
    issuer = 'bc/apps',
  } = options;
  if (!Number.isSafeInteger(customer.id) || customer.id <= 0) {
    throw new TypeError(
      'A customer to sign for needs an id that is a positive integer; guests have no token.',
    );
  }
  assertSecret(clientSecret, 'clientSecret');
  const issuedAt = options.issuedAt ?? Math.floor(Date.now() / 1000);
  // Names, types and order as in live tokens; group_id is a string there.
  return new SignJWT({
    customer: { id: customer.id, email: customer.email, group_id: String(customer.groupId ?? 0) },
    iss: issuer,
    sub: storeHash,
    iat: issuedAt,
    exp: issuedAt + expiresIn,
    version: 1,
    aud: clientId,
    application_id: clientId,
    store_hash: storeHash,
    operation: 'current_customer',
  })
    .setProtectedHeader({ typ: 'JWT', alg: algorithm })
    .sign(await importSecret(clientSecret, algorithm));
}
