/** Finds the token in a request. */

/** Reads `Authorization: Bearer …` (RFC 6750 §2.1); the scheme's case does not matter. */
export function readToken(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
}
