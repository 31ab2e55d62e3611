// Everything that can go wrong between a widget and its two servers, to be switched on: for the token endpoint and
// for the backend separately, over HTTP or from the toolbar.
import { Hono } from 'hono';

/** What the token endpoint can do wrong, in words. */
export const endpointFaults = {
  guest: 'says that nobody is signed in',
  401: 'answers 401',
  403: 'answers 403',
  'html-404': 'answers 404 with a page',
  429: 'answers 429',
  500: 'answers 500',
  503: 'answers 503',
  html: 'answers 200 with a page',
  empty: 'answers 200 with nothing',
  json: 'answers with JSON',
  quoted: 'answers with a quoted string',
  dying: 'hands out a token that expires in 2 s',
  'other-store': 'hands out a token of another store',
  'other-app': 'hands out a token of another app',
  hs256: 'signs with HS256',
  slow: 'takes 1.5 s',
  hanging: 'never answers',
  reset: 'resets the connection',
  redirect: 'redirects to the sign-in page',
} as const;

/** What the backend can do wrong, in words. */
export const backendFaults = {
  unreachable: 'cannot be reached',
  cors: 'sends no CORS headers',
  preflight: 'refuses the preflight request',
  expired: 'answers 401: the token has expired',
  invalid: 'answers 401: the token is invalid',
  403: 'answers 403',
  404: 'answers 404',
  409: 'answers 409',
  422: 'answers 422',
  429: 'answers 429',
  'retry-after': 'answers 429 with Retry-After: 1',
  500: 'answers 500',
  503: 'answers 503',
  redirect: 'redirects elsewhere',
  'content-type': 'answers with text/html',
  truncated: 'answers with half the JSON',
  large: 'answers with 5 MB',
  'slow-start': 'takes 1.5 s to begin',
  'slow-body': 'takes 1.5 s for its body',
  'reset-halfway': 'resets the connection halfway',
} as const;

export type EndpointFault = `${keyof typeof endpointFaults}`;
export type BackendFault = `${keyof typeof backendFaults}`;

/** What is wrong at the moment; nothing where it is `null`. */
export interface Faults {
  endpoint: EndpointFault | null;
  backend: BackendFault | null;
}

/** Nothing is wrong. Share it between the emulated store and `backendFaultMiddleware`. */
export function createFaults(): Faults {
  return { endpoint: null, backend: null };
}

/**
 * `GET /emulator/faults` tells what is wrong and what could be, `PUT` with `{ "endpoint": "503", "backend": null }`
 * changes it. What is left out stays.
 *
 * @param withBackend whether a backend knows of these faults; if none does, its faults are not offered
 */
export function createFaultRoutes(faults: Faults, withBackend: boolean): Hono {
  const routes = new Hono();
  const offered = { endpoint: endpointFaults, ...(withBackend && { backend: backendFaults }) };
  routes.get('/', (context) => context.json({ ...faults, faults: offered }));
  routes.put('/', async (context) => {
    const wanted = await context.req.json<unknown>().catch(() => undefined);
    const change = readChange(wanted);
    if (typeof change === 'string') return context.json({ error: change }, 400);
    Object.assign(faults, change);
    return context.json(faults);
  });
  return routes;
}

/** The change, or a sentence about what is wrong with it. */
function readChange(wanted: unknown): Partial<Faults> | string {
  if (typeof wanted !== 'object' || wanted === null) return 'Send {"endpoint": …, "backend": …}.';
  const known: Record<string, object> = { endpoint: endpointFaults, backend: backendFaults };
  for (const [side, fault] of Object.entries(wanted)) {
    const faultsOfSide = Object.hasOwn(known, side) ? known[side] : undefined;
    if (!faultsOfSide) return `There is no ${side}; there are endpoint and backend.`;
    if (fault !== null && !Object.hasOwn(faultsOfSide, String(fault))) {
      return `${side} knows ${Object.keys(faultsOfSide).join(', ')}, and null for none.`;
    }
  }
  return wanted;
}
