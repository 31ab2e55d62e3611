// `/live`: a live server that does what a test has written into its address, and `/live-log` that says what came.
import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';

/** What the server does: sends an object or a text, closes with a code, or hangs up without a word (0). */
export type LiveStep = object | string | number;

/** One connection, as the server saw it. */
export interface LiveConnection {
  address: string;
  messages: string[];
  isOpen: boolean;
}

/**
 * `?key=…&play=[[…],[…]]`: the first connection of the key gets the first list of steps, and so on; a connection without
 * one only listens. LONG becomes two million characters. The steps come after the first message, or at once where the address holds a token. With `&pong` a
 * ping has an answer.
 */
export function attachLive(server: Server, app: Hono): void {
  const logs = new Map<string, LiveConnection[]>();
  const logOf = (key: string) => logs.get(key) ?? logs.set(key, []).get(key)!;
  app.get('/live-log/:key', (context) => context.json(logOf(context.req.param('key'))));

  new WebSocketServer({ server, path: '/live' }).on('connection', (socket, request) => {
    const address = request.url ?? '';
    const { searchParams } = new URL(address, 'http://localhost');
    const log = logOf(searchParams.get('key') ?? '');
    const steps = (JSON.parse(searchParams.get('play') ?? '[]') as LiveStep[][])[log.length] ?? [];
    const connection: LiveConnection = { address, messages: [], isOpen: true };
    log.push(connection);
    const play = () => {
      for (const step of steps.splice(0)) {
        if (step === 0) socket.terminate();
        else if (typeof step === 'number') socket.close(step);
        else socket.send(textOf(step).replace('LONG', 'x'.repeat(2_000_000)));
      }
    };
    socket.on('close', () => (connection.isOpen = false));
    socket.on('message', (bytes: Buffer) => {
      connection.messages.push(bytes.toString());
      if (searchParams.has('pong') && connection.messages.length > 1) socket.send('{"type":"pong"}');
      play();
    });
    if (searchParams.has('token')) play();
  });
}

function textOf(step: object | string): string {
  return typeof step === 'string' ? step : JSON.stringify(step);
}
