/** Secrets: what may be used to sign or verify at all, and the keys made of them. */

/** Live tokens are HS512. HS256 is what the documentation's sample uses. Both are HMAC with the same secret. */
export const algorithms = ['HS512', 'HS256'] as const;
export type Algorithm = (typeof algorithms)[number];

const minimumLength = 16;

/**
 * Refuses a secret that could be guessed off-line from one token (RFC 8725 §3.5).
 * Client secrets of the platform have 31 characters or more.
 *
 * @throws TypeError naming the option, never the secret
 */
export function assertSecret(secret: unknown, name: string): asserts secret is string {
  if (typeof secret !== 'string' || secret.trim() === '') {
    throw new TypeError(`${name} is missing or empty. Copy the client secret of the app-level API account.`);
  }
  if (secret.length < minimumLength) {
    throw new TypeError(
      `${name} is shorter than ${minimumLength} characters, so it can be guessed. Use the whole secret.`,
    );
  }
}

const imported = { HS512: new Map<string, CryptoKey>(), HS256: new Map<string, CryptoKey>() };
const maximumImported = 100;

/** The key of a secret, imported once: an HMAC key is bound to one hash, so there is one for each algorithm. */
export function importSecret(secret: string, algorithm: Algorithm): CryptoKey | Promise<CryptoKey> {
  return imported[algorithm].get(secret) ?? importOnce(secret, algorithm);
}

async function importOnce(secret: string, algorithm: Algorithm): Promise<CryptoKey> {
  const hash = algorithm === 'HS512' ? 'SHA-512' : 'SHA-256';
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign', 'verify']);
  const keys = imported[algorithm];
  if (keys.size >= maximumImported) keys.clear();
  keys.set(secret, key);
  return key;
}
