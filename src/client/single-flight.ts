// One token request for all who ask at the same time. Nothing outlives the request.
import type { TokenReason, TokenSource } from './token-sources.js';

export interface TokenRequest {
  /** What makes two requests the same: the endpoint's address, or the source function itself. */
  identity: string | TokenSource;
  appClientId: string;
  source: TokenSource;
  reason: TokenReason;
  signal: AbortSignal;
}

interface Flight {
  identity: string | TokenSource;
  appClientId: string;
  token: Promise<string | null>;
  waiting: number;
  abort: () => void;
}

const flights = new Set<Flight>();

/**
 * Joins the request that is under way for the same source and app, or starts one.
 * Who aborts leaves alone; the last to leave ends the request.
 */
export async function requestToken(request: TokenRequest): Promise<string | null> {
  const { signal } = request;
  signal.throwIfAborted();
  const flight = flightFor(request);
  flight.waiting += 1;
  let leave: (() => void) | undefined;
  try {
    return await Promise.race([
      flight.token,
      new Promise<never>((_, reject) => {
        leave = () => {
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', leave);
      }),
    ]);
  } finally {
    if (leave) signal.removeEventListener('abort', leave);
    flight.waiting -= 1;
    if (flight.waiting === 0) flight.abort();
  }
}

function flightFor({ identity, appClientId, source, reason }: TokenRequest): Flight {
  for (const flight of flights) {
    if (flight.identity === identity && flight.appClientId === appClientId) return flight;
  }
  const controller = new AbortController();
  const flight: Flight = {
    identity,
    appClientId,
    waiting: 0,
    abort: () => {
      flights.delete(flight);
      controller.abort();
    },
    token: callSource(source, { signal: controller.signal, reason }).finally(() => flights.delete(flight)),
  };
  flights.add(flight);
  return flight;
}

// An async function, so that a source that throws at once rejects like any other.
async function callSource(source: TokenSource, context: Parameters<TokenSource>[0]): Promise<string | null> {
  return source(context);
}
