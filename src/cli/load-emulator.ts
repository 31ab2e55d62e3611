// The emulator, which only some commands need: its packages are not installed with this one.
import { CommandError } from './command-error.js';

/** @throws CommandError naming the packages to install */
export async function loadEmulator(): Promise<typeof import('../emulator/index.js')> {
  try {
    return await import('../emulator/index.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new CommandError(
      'This command renders themes with packages that are not installed yet: ' +
        'npm i -D @bigcommerce/stencil-paper hono @hono/node-server',
      { cause: error },
    );
  }
}
