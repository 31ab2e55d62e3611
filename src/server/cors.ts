/** Which pages may ask, and the headers that tell their browser so. */

export interface Cors {
  /** Whether a request with this `Origin` header (null: none) may be answered. A server-to-server call has none. */
  allows(origin: string | null): boolean;
  /** Sets what every answer to this origin needs, errors included: without it a page sees only "network error". */
  apply(headers: Headers, origin: string | null): void;
  /** The answer to a preflight request. */
  preflight(): Response;
}

/**
 * @param allowedOrigins exact origins: each channel's domain, the permanent domain, previews
 * @param tokenHeader the header that may carry the token
 * @throws TypeError when one is not an origin
 */
export function createCors(allowedOrigins: readonly string[], tokenHeader: string): Cors {
  allowedOrigins.forEach(assertOrigin);
  const allowed = new Set(allowedOrigins);
  const preflightHeaders = {
    'Access-Control-Allow-Methods': 'GET, POST',
    // Named, because `*` does not cover Authorization.
    'Access-Control-Allow-Headers': `Authorization, Content-Type, Idempotency-Key, ${tokenHeader}`,
    // The longest that Chromium keeps the answer, two hours. Without it: five seconds.
    'Access-Control-Max-Age': '7200',
  };
  return {
    allows: (origin) => origin === null || allowed.has(origin),
    apply(headers, origin) {
      headers.append('Vary', 'Origin');
      if (origin === null || !allowed.has(origin)) return;
      headers.set('Access-Control-Allow-Origin', origin);
      headers.set('Access-Control-Expose-Headers', 'Retry-After');
    },
    preflight: () => new Response(null, { status: 204, headers: preflightHeaders }),
  };
}

function assertOrigin(origin: string): void {
  const parsed = URL.canParse(origin) ? new URL(origin).origin : undefined;
  if (parsed === origin && parsed !== 'null') return;
  const fix = parsed && parsed !== 'null' ? `Write '${parsed}'.` : "Write it as 'https://shop.example.com'.";
  throw new TypeError(`allowedOrigins has '${origin}', which is not an exact origin. ${fix}`);
}
