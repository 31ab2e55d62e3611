/** Which pages may ask, and the headers that tell their browser so. */
import type { PlainAnswer } from './answer.js';

export interface Cors {
  /** Whether a request with this `Origin` header (null: none) may be answered. A server-to-server call has none. */
  allows(origin: string | null): boolean;
  /**
   * What every answer to this origin needs, errors included: without it a page sees only "network error". And what
   * keeps one customer's data out of every cache.
   */
  headersFor(origin: string | null): Record<string, string>;
  /** The answer to a preflight request. */
  preflight: PlainAnswer;
}

/**
 * @param allowedOrigins exact origins: each channel's domain, the permanent domain, previews
 * @param tokenHeader the header that may carry the token
 * @throws TypeError when one is not an origin
 */
export function createCors(allowedOrigins: readonly string[], tokenHeader: string): Cors {
  allowedOrigins.forEach(assertOrigin);
  const allowed = new Map(allowedOrigins.map((origin) => [origin, headersFor(origin)]));
  return {
    allows: (origin) => origin === null || allowed.has(origin),
    headersFor: (origin) => allowed.get(origin ?? '') ?? headersForOthers,
    preflight: {
      status: 204,
      headers: {
        'Access-Control-Allow-Methods': 'GET, POST',
        // Named, because `*` does not cover Authorization.
        'Access-Control-Allow-Headers': `Authorization, Content-Type, Idempotency-Key, ${tokenHeader}`,
        // The longest that Chromium keeps the answer, two hours. Without it: five seconds.
        'Access-Control-Max-Age': '7200',
      },
      body: null,
    },
  };
}

const headersForOthers = { Vary: 'Origin', 'Cache-Control': 'no-store' };

function headersFor(origin: string): Record<string, string> {
  return {
    ...headersForOthers,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Retry-After',
  };
}

function assertOrigin(origin: string): void {
  const parsed = URL.canParse(origin) ? new URL(origin).origin : undefined;
  if (parsed === origin && parsed !== 'null') return;
  const fix = parsed && parsed !== 'null' ? `Write '${parsed}'.` : "Write it as 'https://shop.example.com'.";
  throw new TypeError(`allowedOrigins has '${origin}', which is not an exact origin. ${fix}`);
}
