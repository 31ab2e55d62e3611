/** The claim policy: what a payload with a good signature must say before anyone is believed to be a customer. */
import { CustomerTokenError, type CustomerTokenErrorCode } from './errors.js';

/** A customer whose token was verified. The only source of identity on the backend. */
export interface CurrentCustomer {
  customerId: number;
  /** Up to 15 minutes old. For display; match records by `storeHash` and `customerId`. */
  email: string;
  /** 0 is "no group". */
  groupId: number;
  /** The store that the customer belongs to. Ids of different stores overlap, so every key needs both. */
  storeHash: string;
  /** The app that the token was made for. */
  clientId: string;
  /** Seconds since 1970. */
  issuedAt: number;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface ClaimPolicy {
  issuer: string;
  audience: string;
  storeHashes: readonly string[] | 'any';
  /** Seconds. */
  clockTolerance: number;
}

/** The platform gives a token 15 minutes. */
const maximumLifetime = 900;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses a payload whose signature was verified, or throws a `CustomerTokenError`. */
export function parsePayload(payload: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(payload));
  } catch {
    throw new CustomerTokenError('payload_invalid');
  }
  if (!isObject(value)) throw new CustomerTokenError('payload_invalid');
  return value;
}

/** Applies the policy to a parsed payload. The first rule that is broken decides the code. */
export function checkClaims(
  claims: Record<string, unknown>,
  policy: ClaimPolicy,
  now = Math.floor(Date.now() / 1000),
): CurrentCustomer {
  const { iss, aud, operation, store_hash: storeHash, sub, iat, exp, nbf, customer } = claims;
  const { storeHashes, clockTolerance } = policy;

  assertClaim(iss === policy.issuer, 'issuer_mismatch');
  // A string, as live tokens have it: a list would let one token serve several apps (RFC 8725 §3.9).
  assertClaim(aud === policy.audience, 'audience_mismatch');
  // The platform signs other tokens with the same secret: login, session sync, app load (RFC 8725 §3.12).
  assertClaim(operation === 'current_customer', 'operation_mismatch');
  assertClaim(typeof storeHash === 'string' && storeHash !== '', 'store_not_allowed');
  assertClaim(storeHashes === 'any' || storeHashes.includes(storeHash), 'store_not_allowed');
  assertClaim(sub === storeHash, 'subject_mismatch');

  assertClaim(isSeconds(iat), 'issued_at_invalid');
  assertClaim(isSeconds(exp) && exp > iat, 'expiry_invalid');
  assertClaim(iat <= now + clockTolerance, 'issued_in_future');
  assertClaim(nbf === undefined || (isSeconds(nbf) && nbf <= now + clockTolerance), 'not_yet_valid');
  assertClaim(exp - iat <= maximumLifetime + clockTolerance, 'lifetime_too_long');

  assertClaim(isObject(customer) && isCustomerId(customer.id), 'customer_invalid');
  const groupId = parseGroupId(customer.group_id);
  assertClaim(typeof customer.email === 'string' && groupId !== undefined, 'customer_invalid');

  // Last, so that "expired" means: a new token of the same kind would have been accepted.
  assertClaim(exp > now - clockTolerance, 'token_expired');

  return {
    customerId: customer.id,
    email: customer.email,
    groupId,
    storeHash,
    clientId: policy.audience,
    issuedAt: iat,
    expiresAt: exp,
  };
}

function assertClaim(condition: boolean, code: CustomerTokenErrorCode): asserts condition {
  if (!condition) throw new CustomerTokenError(code);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isCustomerId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Live tokens write the group as a string, "0" for none; a number and null are taken as well. */
function parseGroupId(value: unknown): number | undefined {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
