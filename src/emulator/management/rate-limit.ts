// Requests are counted in windows, and every answer tells how many are left.
import type { MiddlewareHandler } from 'hono';

export interface RateLimitOptions {
  /** Requests in a window. Default 150, as on a Standard or Plus plan. */
  requestQuota?: number;
  /** Length of a window in milliseconds. Default 30,000. */
  rateLimitWindow?: number;
}

export function createRateLimit(options: RateLimitOptions): MiddlewareHandler {
  const { requestQuota = 150, rateLimitWindow = 30_000 } = options;
  let windowEnd = 0;
  let used = 0;
  return async (context, next) => {
    const now = Date.now();
    if (now >= windowEnd) {
      windowEnd = now + rateLimitWindow;
      used = 0;
    }
    used += 1;
    if (used <= requestQuota) await next();
    else context.res = context.json({ status: 429, title: 'Too many requests' }, 429);
    context.header('X-Rate-Limit-Time-Window-Ms', String(rateLimitWindow));
    context.header('X-Rate-Limit-Time-Reset-Ms', String(Math.max(0, windowEnd - Date.now())));
    context.header('X-Rate-Limit-Requests-Quota', String(requestQuota));
    context.header('X-Rate-Limit-Requests-Left', String(Math.max(0, requestQuota - used)));
  };
}
