// One run for all who ask for the same thing at the same time. Nothing outlives the run.

/** What a shared run may do beside its work. */
export interface SharedRun {
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
  /**
   * Calls everybody's listener. Who asks from now on starts a run of their own: the answer to this one may be older
   * than what they want to know.
   */
  tell: (customerId: number | undefined) => void;
}

interface Flight {
  /** What makes two questions the same; functions by identity. */
  key: readonly unknown[];
  /** One listener for each who waits. */
  waiting: Set<SharedRun['tell']>;
  controller: AbortController;
  result?: Promise<unknown>;
}

const flights = new Set<Flight>();

/** Joins the run that is under way for the same key, or starts one. Who aborts leaves alone; the last ends the run. */
export function share<T>(
  key: readonly unknown[],
  { signal, onCustomer }: { signal: AbortSignal; onCustomer?: SharedRun['tell'] | undefined },
  run: (shared: SharedRun) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const flight = [...flights].find((one) => isSame(one.key, key)) ?? start(key, run);
    const hear: SharedRun['tell'] = (customerId) => onCustomer?.(customerId);
    flight.waiting.add(hear);
    // At once: a run whose last passenger leaves on hearing who the customer is asks nothing more.
    const leave = () => {
      signal.removeEventListener('abort', leave);
      flight.waiting.delete(hear);
      if (!flight.waiting.size) {
        flights.delete(flight);
        flight.controller.abort();
      }
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave);
    (flight.result as Promise<T>).then(resolve, reject).finally(leave);
  });
}

/** From now on nobody joins a run that has begun before. */
export function startAfresh(): void {
  flights.clear();
}

function start<T>(key: readonly unknown[], run: (shared: SharedRun) => Promise<T>): Flight {
  const flight: Flight = { key, waiting: new Set(), controller: new AbortController() };
  flights.add(flight);
  flight.result = run({
    signal: flight.controller.signal,
    tell(customerId) {
      flights.delete(flight);
      for (const hear of flight.waiting) hear(customerId);
    },
  });
  return flight;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
