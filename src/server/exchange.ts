/** Answers the widget: checks origin and token, loads that customer's data, and says so when it cannot. */
import type { CurrentCustomer } from './claims.js';
import { createCors } from './cors.js';
import { CustomerTokenError } from './errors.js';
import { problem } from './problem.js';
import { readToken } from './read-token.js';
import type { VerifierOptions } from './trust.js';
import { createVerifier } from './verify.js';

export interface LoadContext {
  /** The request as it came. Its body may have been read. Take no identity from it. */
  request: Request;
  /** Aborted when the browser has gone away. */
  signal: AbortSignal;
}

export interface ExchangeOptions extends VerifierOptions {
  /** Exact origins of the storefronts, `https://shop.example.com`: each channel, the permanent domain, previews. */
  allowedOrigins: readonly string[];
  /**
   * Loads what this customer may see: a `CustomerCard` or any other JSON value. `undefined` and `null` are answered
   * with 204, "nothing yet". Key every look-up by `customer.storeHash` and `customer.customerId`. Return a `Response`
   * for a status of your own (403, say, or 429 with `Retry-After`). What it throws is answered with 500, without the
   * message.
   */
  load: (customer: CurrentCustomer, context: LoadContext) => unknown;
}

/**
 * Makes the backend's half of the exchange: a handler from `Request` to `Response`, for any runtime that has them.
 *
 * Errors are problem+json with a stable `code`; every answer is `no-store` and has the CORS headers that let the page
 * read it.
 *
 * @throws TypeError when an option is missing or unsafe
 * @example
 * const exchange = createExchange({
 *   apps: [{ clientId: process.env.CLIENT_ID, clientSecret: process.env.CLIENT_SECRET }],
 *   storeHashes: ['abc123'],
 *   allowedOrigins: ['https://shop.example.com'],
 *   load: async ({ storeHash, customerId }) => ({ facts: [{ label: 'Points', value: await points(storeHash, customerId) }] }),
 * });
 * app.all('/rewards', (context) => exchange(context.req.raw)); // Hono; `fetch: exchange` in a Worker
 */
export function createExchange(options: ExchangeOptions): (request: Request) => Promise<Response> {
  const { load } = options;
  const cors = createCors(options.allowedOrigins);
  const verify = createVerifier(options);

  async function answer(request: Request, origin: string | null): Promise<Response> {
    if (!cors.allows(origin)) {
      return problem(
        'origin_not_allowed',
        'This backend does not serve pages of this origin. See allowedOrigins.',
      );
    }
    if (request.method === 'OPTIONS') return cors.preflight();
    if (request.method !== 'GET' && request.method !== 'POST') {
      return problem('method_not_allowed', 'Ask with GET or POST.', { Allow: 'GET, POST, OPTIONS' });
    }
    let customer: CurrentCustomer;
    try {
      customer = await verify(readToken(request) ?? '');
    } catch (error) {
      if (error instanceof CustomerTokenError) return refuse(error);
      throw error;
    }
    return respond(await load(customer, { request, signal: request.signal }));
  }

  return async (request) => {
    const origin = request.headers.get('Origin');
    let response: Response;
    try {
      response = await answer(request, origin);
    } catch {
      response = problem('load_failed', 'The data could not be loaded.');
    }
    const headers = new Headers(response.headers);
    headers.set('Cache-Control', 'no-store');
    cors.apply(headers, origin);
    return new Response(response.body, { status: response.status, headers });
  };
}

function respond(data: unknown): Response {
  if (data === undefined || data === null) return new Response(null, { status: 204 });
  return data instanceof Response ? data : Response.json(data);
}

/** RFC 6750 §3: no error code in the challenge when there was no token at all. */
function refuse({ code, message }: CustomerTokenError): Response {
  if (code === 'token_missing') {
    return problem('token_missing', 'Send the token as Authorization: Bearer.', {
      'WWW-Authenticate': 'Bearer',
    });
  }
  const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
  return problem(code === 'token_expired' ? code : 'token_invalid', message, headers);
}
