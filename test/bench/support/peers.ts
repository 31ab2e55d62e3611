// Other public packages that put something into a shop's page, fetched when they are measured and kept for the next time.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Peer {
  name: string;
  version: string;
  /** What it does in a page, in a few words. */
  what: string;
  /** What an app would write to use it. */
  source: string;
}

export const peers: Peer[] = [
  {
    name: '@github/include-fragment-element',
    version: '6.4.1',
    what: 'element that fetches HTML',
    source: `import '@github/include-fragment-element';`,
  },
  {
    name: 'dark-mode-toggle',
    version: '0.18.0',
    what: 'one element, no framework',
    source: `import 'dark-mode-toggle';`,
  },
  {
    name: 'swr',
    version: '2.5.0',
    what: 'data fetching, React not counted',
    source: `export { default } from 'swr';`,
  },
  { name: 'htmx.org', version: '2.0.4', what: 'HTML over the wire', source: `import 'htmx.org';` },
  {
    name: 'oidc-client-ts',
    version: '3.5.0',
    what: 'sign-in by OpenID Connect',
    source: `export { UserManager } from 'oidc-client-ts';`,
  },
  {
    name: '@supabase/auth-js',
    version: '2.109.0',
    what: 'sign-in',
    source: `export { GoTrueClient } from '@supabase/auth-js';`,
  },
  {
    name: '@auth0/auth0-spa-js',
    version: '2.27.0',
    what: 'sign-in',
    source: `export { Auth0Client } from '@auth0/auth0-spa-js';`,
  },
];

const cache = fileURLToPath(new URL('../../../node_modules/.cache/bench-peers/', import.meta.url));

/** The folder to bundle it from; undefined when it is not there and cannot be fetched, as without a network. */
export async function fetchPeer({ name, version }: Peer): Promise<string | undefined> {
  const folder = `${cache}${name.replaceAll('/', '+')}@${version}`;
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  try {
    await mkdir(unfinished, { recursive: true });
    await writeFile(`${unfinished}/package.json`, '{ "private": true }');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--fetch-retries=0'];
    await promisify(execFile)('npm', ['install', ...flags, `${name}@${version}`], {
      cwd: unfinished,
      timeout: 30_000,
      shell: process.platform === 'win32',
    });
    await rename(unfinished, folder);
    return folder;
  } catch {
    await rm(unfinished, { recursive: true, force: true });
    return undefined;
  }
}
