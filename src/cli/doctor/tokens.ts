// Tokens that no backend may accept, and a look at the one that a storefront hands out.

export interface Claims {
  algorithm: unknown;
  issuer: unknown;
  audience: unknown;
  operation: unknown;
  subject: unknown;
  storeHash: unknown;
  /** Seconds since 1970. */
  expiresAt: unknown;
}

/** No token at all. */
export const garbageToken = 'this.is-not.a-token';

/** What a token would say for this app and store, of a customer whom no store is likely to have. */
export function inventedPayload(clientId: string, storeHash: string): string {
  const now = Math.floor(Date.now() / 1000);
  return encode({
    customer: { id: 2_147_483_647, email: 'doctor@example.com', group_id: '0' },
    iss: 'bc/apps',
    sub: storeHash,
    iat: now,
    exp: now + 900,
    version: 1,
    aud: clientId,
    application_id: clientId,
    store_hash: storeHash,
    operation: 'current_customer',
  });
}

/** `alg: none`, the oldest trick there is (RFC 8725 §2.1). */
export const unsigned = (payload: string): string => `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;

/** With a signature that nobody made. */
export const forged = (payload: string): string =>
  `${encode({ alg: 'HS512', typ: 'JWT' })}.${payload}.${Buffer.alloc(64, 'forged').toString('base64url')}`;

/** The payload of a real token, to be sent without its signature. */
export const payloadOf = (token: string): string => token.split('.')[1] ?? '';

/** The token in a token endpoint's body: bare, quoted or `{ "token": … }`. `null` says that nobody is signed in. */
export function readToken(body: string): string | null | undefined {
  let token: unknown = body.trim();
  try {
    const json = JSON.parse(body) as string | { token?: unknown } | null;
    token = typeof json === 'string' ? json : json?.token;
  } catch {
    // Not JSON: the bare token, or something else.
  }
  if (token === null) return null;
  return typeof token === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? token : undefined;
}

/** What the token says, unverified; undefined when it cannot be read. */
export function readClaims(token: string): Claims | undefined {
  try {
    const [header, payload] = token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
    return {
      algorithm: header?.alg,
      issuer: payload?.iss,
      audience: payload?.aud,
      operation: payload?.operation,
      subject: payload?.sub,
      storeHash: payload?.store_hash,
      expiresAt: payload?.exp,
    };
  } catch {
    return undefined;
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
