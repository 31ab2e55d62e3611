/**
 * Pushes a customer's card whenever it changes, over a WebSocket.
 *
 * The page connects without saying who it is; its first message brings the token. A connection ends with the token
 * that it began with, and the widget comes back with a new one.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CustomerTokenError, type CurrentCustomer } from 'bc-customer-widget/server';
import { WebSocketServer, type WebSocket } from 'ws';
import type { CustomerKey } from './database.js';

export interface LiveOptions {
  /** Only this path is answered: `/live`. */
  path: string;
  allowedOrigins: readonly string[];
  verify: (token: string) => Promise<CurrentCustomer>;
  load: (customer: CustomerKey) => Promise<unknown>;
}

export interface Live {
  /** Takes over the connections of a server. */
  attach: (server: Server) => void;
  /** Sends the customer's card to all their pages. */
  push: (customer: CustomerKey) => Promise<void>;
  close: () => void;
}

/** The widget's close codes: the token was not accepted; the token has run out, come back with another. */
const NOT_ACCEPTED = 4401;
const COME_BACK = 4408;

/** A connection that has not said who it is in so many milliseconds is closed. */
const TIME_TO_AUTHENTICATE = 10_000;

export function createLive({ path, allowedOrigins, verify, load }: LiveOptions): Live {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 8192 });
  const connections = new Map<string, Set<WebSocket>>();

  async function send(socket: WebSocket, customer: CustomerKey): Promise<void> {
    const data = (await load(customer)) ?? null;
    socket.send(JSON.stringify({ type: 'data', customerId: customer.customerId, data }));
  }

  function welcome(socket: WebSocket): void {
    let patience = setTimeout(() => {
      socket.close(NOT_ACCEPTED);
    }, TIME_TO_AUTHENTICATE);
    let isKnown = false;
    socket.on('error', () => {
      socket.terminate();
    });
    socket.on('close', () => {
      clearTimeout(patience);
    });
    socket.on('message', (bytes: Buffer) => {
      const message = read(bytes);
      if (message?.type === 'ping') socket.send('{"type":"pong","data":null}');
      if (message?.type !== 'authenticate' || isKnown) return;
      isKnown = true;
      verify(String(message.token))
        .then(async (customer) => {
          clearTimeout(patience);
          patience = setTimeout(
            () => {
              socket.close(COME_BACK);
            },
            customer.expiresAt * 1000 - Date.now(),
          );
          join(keyOf(customer), socket);
          await send(socket, customer);
        })
        .catch((error: unknown) => {
          socket.close(error instanceof CustomerTokenError ? NOT_ACCEPTED : 1011);
        });
    });
  }

  function join(key: string, socket: WebSocket): void {
    const all = connections.get(key) ?? new Set();
    connections.set(key, all.add(socket));
    socket.on('close', () => {
      all.delete(socket);
      if (all.size === 0) connections.delete(key);
    });
  }

  return {
    attach(server) {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        // A WebSocket knows no CORS: the origin is for us to check.
        const isAllowed = request.url === path && allowedOrigins.includes(request.headers.origin ?? '');
        if (isAllowed) sockets.handleUpgrade(request, socket, head, welcome);
        else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      });
    },
    async push(customer) {
      const all = [...(connections.get(keyOf(customer)) ?? [])];
      await Promise.all(all.map((socket) => send(socket, customer)));
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

const keyOf = ({ storeHash, customerId }: CustomerKey) => `${storeHash} ${customerId}`;

function read(bytes: Buffer): { type?: unknown; token?: unknown } | undefined {
  try {
    return JSON.parse(bytes.toString()) as { type?: unknown; token?: unknown };
  } catch {
    return undefined;
  }
}
