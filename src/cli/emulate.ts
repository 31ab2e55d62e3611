// `emulate`: any theme on a BigCommerce store that is only on this machine.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { createDraft } from './draft.js';
import { CommandError } from './command-error.js';
import { loadEmulator } from './load-emulator.js';
import type { Terminal } from './program.js';
import { assertTheme } from './theme-files.js';

interface EmulateOptions {
  theme: string;
  port: number;
  backendUrl?: string;
  faults?: boolean;
}

export function emulateCommand(terminal: Terminal): Command {
  return new Command('emulate')
    .description('Run a theme on an emulated BigCommerce store, without an account.')
    .option('--theme <folder>', 'folder of the theme', '.')
    .option('--port <number>', 'port of the storefront', readPort, 4000)
    .option('--backend-url <url>', 'address of your backend, in place of the theme setting')
    .option('--faults', 'show a toolbar on the pages that lets the token endpoint misbehave')
    .action((options: EmulateOptions) => emulate(options, terminal));
}

async function emulate(
  { theme, port, backendUrl, faults = false }: EmulateOptions,
  terminal: Terminal,
): Promise<void> {
  const themeDir = resolve(theme);
  await assertTheme(createDraft(themeDir));
  const { sampleStore, startEmulator } = await loadEmulator();
  const [app] = sampleStore.apps;
  const themeSettings = {
    bcw_app_client_id: app?.clientId,
    ...(backendUrl && { bcw_backend_url: backendUrl }),
  };
  const store = await startEmulator({ themeDir, port, themeSettings, toolbar: faults }).catch(
    (error: unknown) => {
      throw new CommandError(error instanceof Error ? error.message : String(error), { cause: error });
    },
  );
  terminal.write(
    [
      `Storefront  ${store.url}`,
      `Theme       ${themeDir}`,
      '',
      'Sign in as one of',
      ...sampleStore.customers.map(({ email, password }) => `  ${email.padEnd(18)} ${password}`),
      '',
      'Your backend verifies its tokens with',
      `  client ID      ${app?.clientId ?? ''}`,
      `  client secret  ${app?.clientSecret ?? ''}`,
      `  store hash     ${sampleStore.storeHash}`,
      `  and allows requests from ${store.url}.`,
      '',
      'Changes to the theme show on reload. Ctrl-C stops the store.',
      '',
    ].join('\n'),
  );
  await stopped(terminal.stop);
  await store.close();
}

/** Ctrl-C, a termination signal, or a test that has seen enough. */
async function stopped(stop = new AbortController().signal): Promise<void> {
  const listening = new AbortController();
  const signal = AbortSignal.any([stop, listening.signal]);
  const ends = (['SIGINT', 'SIGTERM'] as const).map((name) => once(process, name, { signal }));
  await Promise.race(ends).catch(() => undefined);
  listening.abort();
  await Promise.allSettled(ends);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It is a number up to 65535.');
  return port;
}
