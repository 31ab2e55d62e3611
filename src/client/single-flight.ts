// One token request for all who ask at the same time. Nothing outlives the request.
import { CustomerWidgetError } from './errors.js';
import type { CustomerDataOptions } from './options.js';
import { expectToken } from './token.js';
import {
  STOREFRONT_TOKEN_URL,
  storefrontTokenSource,
  type TokenContext,
  type TokenSource,
} from './token-sources.js';

interface Flight {
  /** What makes two requests the same: the endpoint's address or the source function itself, and the app. */
  from: string | TokenSource;
  appClientId: string;
  token: Promise<string | null>;
  waiting: number;
  abort: () => void;
}

const flights = new Set<Flight>();

/**
 * Joins the request that is under way for the same source and app, or starts one.
 * Who aborts leaves alone; the last to leave ends the request.
 *
 * @throws {CustomerWidgetError} as the source does; anything else that it throws becomes `token-unavailable`.
 */
export async function requestToken(
  options: CustomerDataOptions,
  context: TokenContext,
): Promise<string | null> {
  const { signal } = context;
  signal.throwIfAborted();
  const flight = flightFor(options, context);
  let leave!: () => void;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      reject(signal.reason as Error);
    };
  });
  signal.addEventListener('abort', leave);
  flight.waiting += 1;
  try {
    return await Promise.race([flight.token, left]);
  } finally {
    signal.removeEventListener('abort', leave);
    flight.waiting -= 1;
    if (flight.waiting === 0) flight.abort();
  }
}

function flightFor(options: CustomerDataOptions, { reason }: TokenContext): Flight {
  const { appClientId, tokenUrl, tokenSource } = options;
  const from = tokenSource ?? tokenUrl ?? STOREFRONT_TOKEN_URL;
  for (const flight of flights) if (flight.from === from && flight.appClientId === appClientId) return flight;

  const controller = new AbortController();
  const source = tokenSource ?? storefrontTokenSource(options);
  const flight: Flight = {
    from,
    appClientId,
    waiting: 0,
    token: tokenFrom(source, { signal: controller.signal, reason }).finally(() => flights.delete(flight)),
    abort() {
      flights.delete(flight);
      controller.abort();
    },
  };
  flights.add(flight);
  return flight;
}

async function tokenFrom(source: TokenSource, context: TokenContext): Promise<string | null> {
  try {
    const token = await source(context);
    return token === null ? null : expectToken('The tokenSource', token);
  } catch (cause) {
    throw cause instanceof CustomerWidgetError
      ? cause
      : new CustomerWidgetError('token-unavailable', 'The tokenSource failed: see `cause`.', { cause });
  }
}
