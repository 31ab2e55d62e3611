// New data over a WebSocket. Each connection has a token of its own, which travels in the first message: an address
// would end up in logs.
import { CustomerWidgetError } from './errors.js';
import { checkOptions } from './options.js';
import type { LiveListener, LiveOptions } from './open-live.js';
import { pause } from './patience.js';
import { tokenInTime } from './single-flight.js';
import { peek } from './token.js';

/** Close codes of the backend: the customer is no longer signed in; this page is not to come back. */
const SIGNED_OUT = 4401;
const FORBIDDEN = 4403;

/** A connection that has been silent for so many milliseconds is asked, and given up when it stays silent. */
const HEARTBEAT = 20_000;

const LONGEST_MESSAGE = 2_000_000;

interface Ending {
  code: number;
  wasAccepted: boolean;
}

/** @see openLive, which fetches this */
export async function followLive(
  options: LiveOptions,
  listener: LiveListener,
  signal: AbortSignal,
): Promise<void> {
  assertLiveUrl(options);
  let failures = 0;
  for (;;) {
    const { code, wasAccepted } = await connect(options, listener, signal);
    if (signal.aborted || code === FORBIDDEN) return;
    if (code === SIGNED_OUT) {
      listener.onSignedOut(wasAccepted);
      return;
    }
    failures = wasAccepted ? 0 : failures + 1;
    // One second, two, four … up to a minute; jitter keeps shoppers from coming back together.
    const wait = Math.min(1000 * 2 ** failures, 60_000) * (1 - Math.random() / 2);
    await pause(wait, signal);
  }
}

async function connect(options: LiveOptions, listener: LiveListener, signal: AbortSignal): Promise<Ending> {
  let address = options.liveUrl;
  if (options.transport === 'query') {
    try {
      const { transportName = 'token' } = options;
      const separator = address.includes('?') ? '&' : '?';
      address += `${separator}${transportName}=${await tokenFor(options, listener, signal)}`;
    } catch {
      return { code: 0, wasAccepted: false };
    }
  }
  return new Promise((resolve) => {
    const socket = new WebSocket(address);
    let wasAccepted = false;
    let isSilent = false;
    const end = (code: number) => {
      clearInterval(heartbeat);
      signal.removeEventListener('abort', abort);
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      resolve({ code, wasAccepted });
    };
    const abort = () => {
      end(0);
    };
    const heartbeat = setInterval(() => {
      if (isSilent) end(0);
      else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
      isSilent = true;
    }, HEARTBEAT);
    signal.addEventListener('abort', abort);
    socket.onclose = ({ code }) => {
      end(code);
    };
    socket.onopen = () => {
      if (options.transport !== 'query') authenticate(socket, options, listener, signal).catch(abort);
    };
    socket.onmessage = ({ data }) => {
      isSilent = false;
      const message = read(data);
      if (message?.type !== 'data') return;
      if (message.customerId === options.customerId) {
        wasAccepted = true;
        listener.onData(message.data);
      } else {
        listener.onDoubt();
        end(0);
      }
    };
  });
}

async function authenticate(
  socket: WebSocket,
  options: LiveOptions,
  listener: LiveListener,
  signal: AbortSignal,
): Promise<void> {
  const token = await tokenFor(options, listener, signal);
  socket.send(JSON.stringify({ type: 'authenticate', token }));
}

/** @throws when there is none, or it is somebody else's */
async function tokenFor(options: LiveOptions, listener: LiveListener, signal: AbortSignal): Promise<string> {
  const token = await tokenInTime(options, signal, 'live');
  if (token !== null && peek(token).customerId === options.customerId) {
    assertLiveUrl(options);
    return token;
  }
  listener.onDoubt();
  throw new CustomerWidgetError('unauthorized', 'The customer whose data is shown has signed out.');
}

function assertLiveUrl(options: LiveOptions): void {
  const { liveUrl } = options;
  const isSocket = liveUrl.startsWith('wss://') || liveUrl.startsWith('ws://');
  // The rules for backends, in HTTP's terms.
  if (isSocket && !checkOptions({ ...options, backendUrl: `http${liveUrl.slice(2)}` })) return;
  throw new CustomerWidgetError(
    'misconfigured',
    'live-url must start with wss:// (ws:// on localhost only); allowBackends has to list its origin, with https.',
  );
}

interface Message {
  type?: unknown;
  customerId?: unknown;
  data: Record<string, unknown> | null;
}

/** A message that makes sense; anything else is dropped. */
function read(text: unknown): Message | undefined {
  if (typeof text !== 'string' || text.length > LONGEST_MESSAGE) return undefined;
  try {
    const message = JSON.parse(text) as Message | null;
    return typeof message?.data === 'object' && !Array.isArray(message.data) ? message : undefined;
  } catch {
    return undefined;
  }
}
