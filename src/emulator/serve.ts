// Puts the emulator on a port of this machine.
import { serve } from '@hono/node-server';
import { createEmulator, type EmulatorOptions } from './storefront.js';

export interface StartOptions extends EmulatorOptions {
  /** Port to listen on; 0 takes a free one. */
  port: number;
}

export interface RunningEmulator {
  /** The storefront's address, e.g. `http://localhost:4000`. */
  url: string;
  /** Stops listening and ends open connections. */
  close: () => Promise<void>;
}

/**
 * Starts the emulated store on the loopback interface.
 *
 * @throws Error when the port is taken
 * @example
 * const store = await startEmulator({ themeDir: 'my-theme', port: 4000 });
 * console.log(store.url);
 */
export async function startEmulator({ port, ...options }: StartOptions): Promise<RunningEmulator> {
  const emulator = createEmulator(options);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: emulator.fetch, port, hostname: '127.0.0.1' }, (address) => {
      resolve({
        url: `http://localhost:${address.port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed();
            });
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new Error(`Port ${port} is in use; choose another one with --port.`, { cause: error })
          : error,
      );
    });
  });
}
