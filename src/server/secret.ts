/** The one rule about secrets: what may be used to sign or verify at all. */

const minimumBytes = 16;

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
  if (new TextEncoder().encode(secret).length < minimumBytes) {
    throw new TypeError(
      `${name} is shorter than ${minimumBytes} bytes, so it can be guessed. Use the whole secret.`,
    );
  }
}
