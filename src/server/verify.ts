/** Verifies Current Customer tokens: form, algorithm, signature, and only then the claims. */
import { compactVerify, errors } from 'jose';
import { checkClaims, parsePayload, type CurrentCustomer } from './claims.js';
import { CustomerTokenError } from './errors.js';
import { importSecret, type Algorithm } from './secret.js';
import { parseTrust, type Trust, type TrustedKey, type TrustOptions, type VerifierOptions } from './trust.js';

export interface VerifyOptions extends TrustOptions {
  /** Client ID of the app-level API account that the storefront was asked with. */
  clientId: string;
  /** That account's client secret, as it is written: not hex, not base64. */
  clientSecret: string;
}

/** A live token has about 500 characters. */
const maximumLength = 4096;

/**
 * Verifies a token of `/customer/current.jwt` and returns the customer it stands for. Nothing is cached: each call
 * looks at the signature and the clock.
 *
 * The token must have: at most 4096 characters in three canonical base64url parts; `alg` HS512 (live stores) or HS256
 * (the documentation's sample); no `crit`; a signature by `clientSecret`; `iss` `bc/apps`; `aud` equal to `clientId`;
 * `operation` `current_customer`; a `store_hash` that `storeHashes` lists and `sub` repeats; whole `iat` and `exp`,
 * not issued in the future, not expired, at most 15 minutes apart; a positive integer `customer.id`.
 *
 * @throws CustomerTokenError (as a rejection) with a `code` of its own for each of these
 * @throws TypeError (as a rejection) when an option is missing or unsafe
 * @example
 * const customer = await verifyCurrentCustomer(token, {
 *   clientId,
 *   clientSecret,
 *   storeHashes: ['abc123'],
 * });
 * const points = await balanceOf(customer.storeHash, customer.customerId);
 */
export async function verifyCurrentCustomer(token: string, options: VerifyOptions): Promise<CurrentCustomer> {
  const { storeHashes, clockTolerance, issuers } = options;
  return verify(token, parseTrust({ apps: [options], storeHashes, clockTolerance, issuers }));
}

/**
 * Checks the options once and returns a verifier for them, for a backend that serves several apps: the token's
 * audience picks the secret.
 *
 * @throws TypeError when an option is missing or unsafe
 * @example
 * const verify = createVerifier({ apps: [{ clientId, clientSecret }], storeHashes: ['abc123'] });
 * const customer = await verify(token);
 */
export function createVerifier(options: VerifierOptions): (token: string) => Promise<CurrentCustomer> {
  const trust = parseTrust(options);
  return (token) => verify(token, trust);
}

async function verify(token: string, { keys, storeHashes, clockTolerance }: Trust): Promise<CurrentCustomer> {
  const { issuer, audience, secret, algorithms } = pickKey(splitToken(token), keys);
  let payload: Uint8Array;
  try {
    ({ payload } = await compactVerify(
      token,
      (header) => {
        if ('crit' in header) throw new CustomerTokenError('header_critical');
        // jose has checked alg against the list before it asks for the key.
        return importSecret(secret, header.alg as Algorithm);
      },
      { algorithms },
    ));
  } catch (error) {
    throw translate(error);
  }
  return checkClaims(parsePayload(payload), { issuer, audience, storeHashes, clockTolerance });
}

function splitToken(token: string): string {
  if (typeof token !== 'string' || token === '') throw new CustomerTokenError('token_missing');
  if (token.length > maximumLength) throw new CustomerTokenError('token_too_large');
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token)?.slice(1);
  const payload = parts?.[1];
  if (!payload || !parts.every(isCanonical)) throw new CustomerTokenError('token_malformed');
  return payload;
}

/**
 * Whether decoding and encoding again would give the same text: the bits that the last character has too many are zero.
 * Decoders that are lax here let one token be written in several ways.
 */
function isCanonical(part: string): boolean {
  const last = part.charAt(part.length - 1);
  switch (part.length % 4) {
    case 0:
      return true;
    case 2:
      return 'AQgw'.includes(last);
    case 3:
      return 'AEIMQUYcgkosw048'.includes(last);
    default:
      return false;
  }
}

/**
 * Finds the secret by what the token claims to be. This is only a guess at the key: the claims count after the
 * signature. A token of no known issuer and app is checked with the first key, so that it is never trusted.
 */
function pickKey(payloadPart: string, keys: Trust['keys']): TrustedKey {
  const [first, ...others] = keys;
  if (others.length === 0) return first;
  try {
    const { iss, aud } = parsePayload(decode(payloadPart));
    return keys.find(({ issuer, audience }) => issuer === iss && audience === aud) ?? first;
  } catch {
    return first;
  }
}

function decode(part: string): Uint8Array {
  const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function translate(error: unknown): unknown {
  if (error instanceof errors.JOSEAlgNotAllowed) return new CustomerTokenError('algorithm_not_allowed');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new CustomerTokenError('signature_invalid');
  if (error instanceof errors.JOSENotSupported) return new CustomerTokenError('header_critical');
  if (error instanceof errors.JWSInvalid) return new CustomerTokenError('header_invalid');
  return error;
}
