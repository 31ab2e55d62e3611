/** As many requests as a server takes, from a client that costs next to nothing: bytes out, status lines counted in. */
import { connect, type Socket } from 'node:net';
import { signCurrentCustomer } from '../../../src/server/index.js';
import { app } from '../../server/attack-matrix.js';

export interface Load {
  port: number;
  /** One whole GET request; it is sent again and again. */
  request: string;
  connections: number;
  /** How long, in milliseconds. */
  duration: number;
}

export interface LoadResult {
  /** Answers with status 200. */
  answers: number;
  /** Other answers, and connections that broke. */
  errors: number;
  /** Milliseconds. */
  duration: number;
}

export async function sendLoad({ port, request, connections, duration }: Load): Promise<LoadResult> {
  const result: LoadResult = { answers: 0, errors: 0, duration: 0 };
  const start = performance.now();
  const end = start + duration;
  await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      return keepAsking(socket, request, end, result);
    }),
  );
  result.duration = performance.now() - start;
  return result;
}

/** A whole request with a good token. */
export async function exchangeRequest(path: string, port: number): Promise<string> {
  const token = await signCurrentCustomer({ id: 1, email: 'ada@example.com' }, app);
  return [
    `GET /${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Origin: https://shop.example.com',
    'Accept: application/json',
    `Authorization: Bearer ${token}`,
    '\r\n',
  ].join('\r\n');
}

/** One request at a time on this connection, until the end. */
function keepAsking(socket: Socket, request: string, end: number, result: LoadResult): Promise<void> {
  return new Promise((done) => {
    let answer = '';
    const ask = () => {
      answer = '';
      socket.write(request);
    };
    socket.setEncoding('latin1');
    socket.on('connect', ask);
    socket.on('data', (text: string) => {
      answer += text;
      if (!isWhole(answer)) return;
      if (answer.startsWith('HTTP/1.1 200')) result.answers += 1;
      else result.errors += 1;
      if (performance.now() < end) ask();
      else socket.end();
    });
    socket.on('error', () => {
      result.errors += 1;
    });
    socket.on('close', () => {
      done();
    });
  });
}

/** Whether the headers have ended, and as much body has come as they announce. */
function isWhole(answer: string): boolean {
  const headerEnd = answer.indexOf('\r\n\r\n');
  if (headerEnd < 0) return false;
  const body = answer.slice(headerEnd + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer)?.[1];
  return length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length);
}
