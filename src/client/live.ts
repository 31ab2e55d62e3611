// New data over a WebSocket. Each connection has a token of its own, which travels in the first message: an address
// would end up in logs.
import type { LiveListener, LiveOptions } from './open-live.js';
import { pause } from './failures.js';
import { peek } from './token.js';

/** What everything here works with. */
interface Line {
  options: LiveOptions;
  listener: LiveListener;
  signal: AbortSignal;
  /** What this file has no copy of. */
  tools: typeof import('./open-live.js').tools;
}

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
export async function followLive(line: Line): Promise<void> {
  await assertLiveUrl(line);
  if (line.signal.aborted) return;
  const { listener, signal } = line;
  let failures = 0;
  for (;;) {
    const { code, wasAccepted } = await connect(line);
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

async function connect(line: Line): Promise<Ending> {
  const { options, listener, signal } = line;
  let address = options.liveUrl;
  if (options.transport === 'query') {
    try {
      const { transportName = 'token' } = options;
      const separator = address.includes('?') ? '&' : '?';
      address += `${separator}${transportName}=${await tokenFor(line)}`;
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
      if (options.transport !== 'query') authenticate(socket, line).catch(abort);
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

async function authenticate(socket: WebSocket, line: Line): Promise<void> {
  const token = await tokenFor(line);
  socket.send(JSON.stringify({ type: 'authenticate', token }));
}

/** @throws when there is none, or it is somebody else's */
async function tokenFor(line: Line): Promise<string> {
  const { options, listener, signal, tools } = line;
  const token = await tools.tokenInTime(options, signal, 'live');
  if (token !== null && peek(token).customerId === options.customerId) {
    await assertLiveUrl(line);
    return token;
  }
  listener.onDoubt();
  // Heard by the connection that ends because of it, and by nobody else.
  throw new Error('The customer whose data is shown has signed out.');
}

/** @throws {CustomerWidgetError} `misconfigured` */
async function assertLiveUrl({ options, tools }: Line): Promise<void> {
  const { liveUrl } = options;
  const isSocket = liveUrl.startsWith('wss://') || liveUrl.startsWith('ws://');
  // The rules for backends, in HTTP's terms.
  const backendUrl = isSocket ? `http${liveUrl.slice(2)}` : '';
  await tools.assertOptions({ ...options, backendUrl }).catch(async () => {
    throw await tools.failure('misconfigured: live-url');
  });
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
