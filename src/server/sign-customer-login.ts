/** Signs a token for the Customer Login API: it signs a customer in, where a Current Customer token tells who is. */
import { SignJWT } from 'jose';
import { assertSecret, importSecret } from './secret.js';

export interface CustomerLoginOptions {
  /** Client ID of the API account; its scope must include Customers Login. */
  clientId: string;
  clientSecret: string;
  storeHash: string;
  /** Where the shopper lands, relative to the storefront: `/account.php`. */
  redirectTo?: string;
  /** The channel to sign in to, in a store with several storefronts. */
  channelId?: number;
  /**
   * Time of issue, in seconds since 1970. The store takes the token for 30 seconds from then.
   * @default now
   */
  issuedAt?: number;
}

/**
 * Signs a token that signs a customer in when their browser is sent to `https://{storefront}/login/token/{token}`.
 * It works once. Give it only to the customer whose password, or else, you have checked.
 *
 * It is never taken for a Current Customer token, nor the other way round: `operation` and algorithm differ.
 *
 * @throws TypeError when the id is not a positive integer, the secret too short or `redirectTo` another site
 * @example
 * const token = await signCustomerLogin({ id: 1 }, { clientId, clientSecret, storeHash: 'abc123' });
 * const answer = Response.redirect(`https://shop.example.com/login/token/${token}`);
 */
export async function signCustomerLogin(
  customer: { id: number },
  options: CustomerLoginOptions,
): Promise<string> {
  const { clientId, clientSecret, storeHash, redirectTo, channelId } = options;
  if (!Number.isSafeInteger(customer.id) || customer.id <= 0) {
    throw new TypeError('A customer to sign in needs an id that is a positive integer.');
  }
  if (redirectTo !== undefined && !/^\/(?![/\\])/.test(redirectTo)) {
    throw new TypeError("redirectTo must be a path of the storefront, such as '/account.php'.");
  }
  assertSecret(clientSecret, 'clientSecret');
  return new SignJWT({
    iss: clientId,
    iat: options.issuedAt ?? Math.floor(Date.now() / 1000),
    jti: crypto.randomUUID(),
    operation: 'customer_login',
    store_hash: storeHash,
    customer_id: customer.id,
    ...(channelId === undefined ? {} : { channel_id: channelId }),
    ...(redirectTo === undefined ? {} : { redirect_to: redirectTo }),
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'HS256' })
    .sign(await importSecret(clientSecret, 'HS256'));
}
