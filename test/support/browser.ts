// Finds a Chromium to test in: CHROME_PATH, the one in the @sparticuz/chromium package, an installed one, then
// apt-get for root. `npx tsx test/support/browser.ts` prints it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installByApt, isExecutable, isRoot, onPath } from './executables.js';

export interface FoundBrowser {
  path: string;
  /** Where it came from, for people. */
  from: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

const isLinux = process.platform === 'linux';
// The sandbox needs user namespaces, which root and many CI containers do not have.
const args = isLinux
  ? [...(isRoot || process.env.CI ? ['--no-sandbox'] : []), '--disable-dev-shm-usage']
  : [];
const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
];

/**
 * The packaged one comes before installed ones: its version is in the lockfile, so that a test does the same on every
 * machine, whatever is installed there.
 *
 * @throws Error that says how to get a browser, when there is none.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  return chosen() ?? (await packaged()) ?? findWholeBrowser();
}

/**
 * One that keeps pages for the way back, which the packaged headless shell does not.
 *
 * @throws Error that says how to get a browser, when there is none.
 */
export function findWholeBrowser(): FoundBrowser {
  const found = chosen() ?? own(installed(), 'installed') ?? own(fromApt(), 'installed by apt-get');
  if (found) return found;
  throw new Error(
    [
      'No Chrome or Chromium found to run the tests in. One of these helps:',
      '  * install Chrome, Chromium or Edge (on Debian and Ubuntu: sudo apt-get install chromium)',
      '  * set CHROME_PATH to the executable of one you have',
      '  * on Linux x64, npm ci without --omit=dev brings one that is enough for npm test',
    ].join('\n'),
  );
}

function chosen(): FoundBrowser | undefined {
  const set = process.env.CHROME_PATH;
  if (set && !isExecutable(set)) throw new Error(`CHROME_PATH is ${set}, which is not an executable file.`);
  return own(set, 'CHROME_PATH');
}

function own(path: string | undefined, from: string): FoundBrowser | undefined {
  return path ? { path, from, args, env: process.env } : undefined;
}

function installed(): string | undefined {
  if (isLinux) return onPath(LINUX_NAMES);
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge']
      .flatMap((name) =>
        ['/', homedir()].map((root) => join(root, `Applications/${name}.app/Contents/MacOS/${name}`)),
      )
      .find(isExecutable);
  }
  return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((root) => root !== undefined)
    .flatMap((root) => [
      join(root, 'Google/Chrome/Application/chrome.exe'),
      join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ])
    .find((path) => existsSync(path));
}

/** The browser that came with the development packages (Linux x64), unpacked once into node_modules. */
async function packaged(): Promise<FoundBrowser | undefined> {
  if (!isLinux || process.arch !== 'x64') return undefined;
  let entry: string;
  try {
    entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  } catch {
    return undefined;
  }
  const archives = join(entry.replace(/(@sparticuz.chromium).*/s, '$1'), 'bin');
  // The package unpacks under fixed names in os.tmpdir(); it gets a folder of our own instead.
  const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));
  const path = join(folder, 'chromium');
  const withLibraries = {
    ...process.env,
    FONTCONFIG_PATH: join(folder, 'fonts'),
    LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
  if (!existsSync(path) || !starts(path, withLibraries)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    try {
      const { default: chromium, inflate } = await import('@sparticuz/chromium');
      await chromium.executablePath(archives);
      // NSS and expat, for a machine without them
      await inflate(join(archives, 'al2023.tar.br'));
      // Its own configuration names folders that only AWS Lambda has; without a font, a form field ends the browser.
      writeFileSync(join(folder, 'fonts/fonts.conf'), fontConfiguration(folder));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  }
  const env = starts(path, process.env)
    ? { ...process.env, FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(folder, 'fonts') }
    : withLibraries;
  if (!starts(path, env)) {
    console.warn('The browser in @sparticuz/chromium does not start on this machine.');
    return undefined;
  }
  return { path, from: '@sparticuz/chromium', args: [...new Set([...args, '--no-sandbox'])], env };
}

function fontConfiguration(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(folder, 'fonts')}</dir>`,
    '  <dir>/usr/share/fonts</dir>',
    `  <cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}

function fromApt(): string | undefined {
  installByApt(['chromium']);
  return onPath(LINUX_NAMES);
}

function starts(path: string, env: NodeJS.ProcessEnv): boolean {
  return spawnSync(path, ['--version'], { env, stdio: 'ignore', timeout: 20_000 }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, from } = await findBrowser();
  console.log(`${path} (${from})`);
}
