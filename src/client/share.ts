// One run for all who ask for the same thing at the same time. Nothing outlives the run.

/** What a shared run may do beside its work. */
export interface SharedRun {
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
  /** Calls everybody's listener. */
  tell: (customerId: number | undefined) => void;
  /** Who asks from now on starts a run of their own. */
  close: () => void;
}

type Listener = SharedRun['tell'] | undefined;

interface Flight {
  /** What makes two questions the same; functions by identity. */
  key: readonly unknown[];
  /** One entry for each who waits. */
  waiting: Set<{ onCustomer: Listener }>;
  abort: () => void;
  result?: Promise<unknown>;
}

const flights = new Set<Flight>();

/** Joins the run that is under way for the same key, or starts one. Who aborts leaves alone; the last ends the run. */
export function share<T>(
  key: readonly unknown[],
  { signal, onCustomer }: { signal: AbortSignal; onCustomer?: Listener },
  run: (shared: SharedRun) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const flight = [...flights].find((one) => isSame(one.key, key)) ?? start(key, run);
    const passenger = { onCustomer };
    flight.waiting.add(passenger);
    // At once: a run whose last passenger leaves on hearing who the customer is asks nothing more.
    const leave = () => {
      signal.removeEventListener('abort', leave);
      flight.waiting.delete(passenger);
      if (flight.waiting.size === 0) flight.abort();
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
  const controller = new AbortController();
  const { signal } = controller;
  const waiting: Flight['waiting'] = new Set();
  const close = () => flights.delete(flight);
  const abort = () => {
    close();
    controller.abort();
  };
  const flight: Flight = { key, waiting, abort };
  flights.add(flight);
  const tell: SharedRun['tell'] = (customerId) => {
    for (const { onCustomer } of waiting) onCustomer?.(customerId);
  };
  flight.result = run({ signal, tell, close }).finally(close);
  return flight;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
