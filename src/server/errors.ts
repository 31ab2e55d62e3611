/** Every reason for which a token is refused: one code and one sentence each. */

export const reasons = {
  token_missing: 'There is no token.',
  token_too_large: 'The token is longer than 4096 characters; a real one has about 500.',
  token_malformed: 'The token is not three canonical base64url parts joined by dots.',
  header_invalid: 'The token header is not a JSON object with an alg.',
  header_critical: 'The token header has crit: it demands an extension that this token never uses.',
  algorithm_not_allowed: 'The token is not signed with an allowed algorithm (HS512 or HS256).',
  signature_invalid:
    'The signature does not match: another app or another secret signed it, or it was changed.',
  payload_invalid: 'The token payload is not a JSON object in UTF-8.',
  issuer_mismatch: 'The token comes from another issuer: iss is not the expected one.',
  audience_mismatch: 'The token is meant for another app: aud is not the expected client ID.',
  operation_mismatch: 'The token serves another purpose: operation is not current_customer.',
  store_not_allowed: 'The token comes from a store that storeHashes does not list.',
  subject_mismatch: 'The token names two stores: sub is not equal to store_hash.',
  issued_at_invalid: 'The token has no iat that is a whole number of seconds.',
  issued_in_future: 'The token was issued in the future. Check the clock of this machine.',
  expiry_invalid: 'The token has no exp that is a whole number of seconds after iat.',
  not_yet_valid: 'The token is not valid yet: nbf lies in the future or is not a number.',
  token_expired: 'The token has expired. Ask the storefront for a new one.',
  lifetime_too_long: 'The token lives longer than the 15 minutes that the platform gives.',
  customer_invalid: 'The token names no customer with a positive integer id, an e-mail address and a group.',
} as const;

/** Why a token was refused. `token_expired` is the only one that a new token can mend. */
export type CustomerTokenErrorCode = keyof typeof reasons;

/**
 * A token that must not be trusted. Neither the message nor anything attached holds the token or a claim of it.
 *
 * @example
 * if (error instanceof CustomerTokenError) console.warn('refused', error.code);
 */
export class CustomerTokenError extends Error {
  override readonly name = 'CustomerTokenError';
  readonly code: CustomerTokenErrorCode;

  constructor(code: CustomerTokenErrorCode) {
    super(reasons[code]);
    this.code = code;
  }
}
