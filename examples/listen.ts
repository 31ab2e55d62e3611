/** Puts a handler on a port of this machine, for the example backends. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export interface RunningBackend {
  /** `http://localhost:4001` */
  url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** Listens on loopback; port 0 takes any free one. Rejects with one sentence when the port is taken. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
  attach?: (server: Server) => void,
): Promise<RunningBackend> {
  const server = createAdaptorServer({ fetch });
  attach?.(server as Server);
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Stop what listens there, or choose another port.`, {
      cause: error,
    });
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
