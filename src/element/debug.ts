// The `debug` attribute: what a load did, on the console. No token, no data, and no address with a query.
import type { CustomerSession, CustomerSnapshot } from '../client/index.js';

interface Widget extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
  backendUrl: string;
  tokenUrl: string | null;
}

/** A load that has ended; times in milliseconds since the page's beginning. */
interface Load {
  started: number;
  ended: number;
  steps: string[];
}

/** Milliseconds in which a browser has written down a request whose answer the page has got. */
const WRITTEN_DOWN = 100;

/** Reports each load of a session as one group; the first one's times are counted from the page's beginning. */
export function reportLoads(element: Widget, session: CustomerSession): void {
  let started = 0;
  let steps: string[] = [];
  const report = (snapshot: CustomerSnapshot) => {
    const { state, error, data } = snapshot;
    const status = error?.status === undefined ? '' : ` (${error.status})`;
    const size = data ? `, ${Object.keys(data).length} fields` : '';
    steps.push(`${since(started)} ms  ${state} ${error?.code ?? ''}${status}${size}`);
    // What is cleared was reported when it was loaded.
    if (state === 'loading' || (state === 'idle' && steps.length > 1)) return;
    // After the rendering, which is part of it.
    void element.updateComplete.then(() => {
      if (snapshot !== session.snapshot) return;
      const load = { started, ended: performance.now(), steps };
      setTimeout(() => {
        print(element, snapshot, load);
      }, WRITTEN_DOWN);
    });
  };
  report(session.snapshot);
  session.subscribe((snapshot, previous) => {
    if (snapshot.state === 'loading' && previous.state !== 'loading') {
      started = performance.now();
      steps = [];
    }
    report(snapshot);
  });
}

function print(element: Widget, { state, error }: CustomerSnapshot, load: Load): void {
  const duration = Math.round(load.ended - load.started);
  console.groupCollapsed(`<bc-customer-widget> ${error?.code ?? state} after ${duration} ms`);
  for (const line of load.steps) console.log(line);
  const wasAsked = state !== 'idle' && error?.code !== 'misconfigured';
  const requests = [
    ...requestsTo(element.tokenUrl ?? '/customer/current.jwt', 'token', load),
    ...requestsTo(element.backendUrl, 'backend', load),
  ];
  if (wasAsked) console.table(requests);
  if (error) console.log(error.message);
  console.groupEnd();
}

/**
 * Times in milliseconds since the load began, sizes in bytes. A backend on another origin tells its sizes and its steps
 * only with `Timing-Allow-Origin`.
 */
function requestsTo(address: string, name: string, { started, ended }: Load): object[] {
  if (!URL.canParse(address, document.baseURI)) return [];
  const { origin, pathname } = new URL(address, document.baseURI);
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return entries
    .filter(({ startTime }) => startTime >= started && startTime <= ended)
    .filter((entry) => isSame(new URL(entry.name)))
    .map(({ startTime, duration, responseStatus, encodedBodySize, nextHopProtocol }) => ({
      request: name,
      start: Math.round(startTime - started),
      duration: Math.round(duration),
      status: responseStatus || 'not told',
      bytes: encodedBodySize || 'not told',
      protocol: nextHopProtocol || 'not told',
    }));

  function isSame(url: URL): boolean {
    return url.origin === origin && url.pathname === pathname;
  }
}

const since = (started: number) => Math.round(performance.now() - started);
