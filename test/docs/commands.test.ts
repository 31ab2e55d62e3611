// Every command that the documents tell a reader to type, typed: with the emulated store for the real one, and a
// copy of the example theme at path/to/theme.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { createFaults, sampleStore } from 'bc-customer-widget/emulator';
import { plainTheme, snapshot } from '../cli/plain-theme.js';
import { sessionCookie } from '../support/session-cookie.js';
import { startStorefront, type Storefront } from '../support/storefront.js';
import { removeAtExit } from '../theme/temporary-theme.js';
import { blocksIn, documents, inlineCommands } from './support/blocks.js';
import { assertKnown, commandsOf, reasonNotToRun } from './support/commands.js';
import { freePort } from '../support/free-port.js';

const [app] = sampleStore.apps;
const faults = createFaults();
let store: Storefront;

before(async () => {
  store = await startStorefront({ faults });
});
after(() => store.close());

for (const document of documents) {
  const blocks = blocksIn('sh').filter((block) => block.document === document);
  if (blocks.length === 0) continue;
  suite(document, { concurrency: 1 }, () => {
    let folder: string;
    let theme: Record<string, string>;
    const env = { ...process.env };

    before(async () => {
      folder = await readersFolder();
      theme = await snapshot(join(folder, 'path/to/theme'));
    });

    for (const { line, text } of blocks) {
      for (const command of commandsOf(text)) {
        test(`line ${line}: ${command}`, async (context) => {
          await assertKnown(command);
          const reason = reasonNotToRun(command);
          if (reason !== undefined) {
            context.diagnostic(`not run: ${reason}`);
            return;
          }
          const [, name, value] = /^export (\w+)=(.*)$/.exec(command) ?? [];
          if (name !== undefined && value !== undefined) env[name] = (await secretFor(name)) ?? value;
          else if (isServer(command)) await startAndVisit(command, folder, env);
          else {
            const { code, output } = await type(typed(command, document), folder, {
              ...env,
              PATH: pathWith(folder),
            });
            assert.equal(code, 0, output);
            if (command.includes(' remove ')) {
              assert.deepEqual(await snapshot(join(folder, 'path/to/theme')), theme, 'as before `add`');
            }
            if (command.includes('/emulator/faults')) assert.equal(faults.backend, '503');
            faults.backend = null;
          }
        });
      }
    }
  });
}

suite('commands within the prose', () => {
  for (const { document, command } of inlineCommands()) {
    test(`${document}: ${command}`, async () => {
      for (const one of commandsOf(command)) {
        await assertKnown(one, dirname(document));
        if (isServer(one) && !one.includes('path/to')) await startAndVisit(one, '.', process.env);
      }
    });
  }

  test('would be missed, were they not there', async () => {
    const wrong = [
      'npm run biuld',
      'npm test -- elemnt',
      'npx bc-customer-widget ad path',
      'npx tsx examples/none.ts',
    ];
    for (const command of [...wrong, 'npx bc-customer-widget add path --plaze home']) {
      await assert.rejects(assertKnown(command), { name: 'AssertionError' }, command);
    }
  });
});

/** An empty project with the package installed, as `npm install` leaves it, and a theme. */
async function readersFolder(): Promise<string> {
  const folder = removeAtExit(await mkdtemp(join(tmpdir(), 'bcw-reader-')));
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
  await mkdir(join(folder, 'path/to'), { recursive: true });
  await symlink(resolve('.'), join(folder, 'node_modules/bc-customer-widget'));
  const bin = join(folder, 'node_modules/.bin/bc-customer-widget');
  await writeFile(bin, `#!/bin/sh\nexec node ${resolve('dist/cli/index.js')} "$@"\n`);
  await chmod(bin, 0o755);
  await cp(await plainTheme(), join(folder, 'path/to/theme'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

/** What a reader types in place of what is written: their own store, their own ids, and yes to the question. */
function typed(command: string, document: string): string {
  const replaced = command
    // npx runs what is in node_modules/.bin, which is in the PATH here; npx itself takes a second each time.
    .replace(document === 'README.md' ? '' : /^npx (?=bc-)/, '')
    .replace('bc-customer-widget@latest', 'bc-customer-widget')
    .replaceAll('http://localhost:4000', store.url)
    .replaceAll('--app-client-id …', `--app-client-id ${app!.clientId}`);
  if (/bc-customer-widget doctor\b/.test(replaced)) {
    const hasWidget = replaced.includes('--theme') ? 'bc-customer-widget add path/to/theme --yes && ' : '';
    return `${hasWidget}${replaced}`
      .replace('https://shop.example.com', store.url)
      .replace('https://api.example.com/rewards', store.backendUrl)
      .replace('your-client-id', app!.clientId);
  }
  if (/bc-customer-widget (add|remove)\b/.test(replaced) && !replaced.includes('--dry-run')) {
    return `${replaced} --yes`;
  }
  const publishes = /bc-customer-widget publish\b/.test(replaced) && !replaced.includes('--api-url');
  if (!publishes) return replaced;
  return `${replaced} --assets-url ${store.url}/page-builder --api-url ${store.url}`;
}

const pathWith = (folder: string) =>
  `${join(folder, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;

async function secretFor(name: string): Promise<string | undefined> {
  if (name === 'BIGCOMMERCE_STORE_HASH') return sampleStore.storeHash;
  if (name === 'BCW_COOKIE') return sessionCookie(store.url, 'ada@example.com');
  return name === 'BIGCOMMERCE_ACCESS_TOKEN' ? sampleStore.accessToken : undefined;
}

interface Result {
  code: number | null;
  output: string;
}

async function type(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Result> {
  const child = spawn(command, { shell: true, cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

const isServer = (command: string) =>
  /^npm start\b|^npm run headless\b|^npx tsx examples|widget emulate\b/.test(command);

const started = new Set<string>();

/** Starts what runs on, on a free port; visits it as soon as it says that it is there; ends it as Ctrl-C does. */
async function startAndVisit(command: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  // Documents name the same server more than once.
  const name = command.replace(/ -- .*/, '');
  if (started.has(name)) return;
  started.add(name);
  const port = String(await freePort());
  const isEmulate = command.includes('emulate');
  const separator = command.startsWith('npm') ? ' --' : '';
  const takesOption = isEmulate || command === 'npm start';
  const child = spawn(takesOption ? `${command}${separator} --port ${port}` : command.replace('4100', port), {
    shell: true,
    // A group of its own, which a terminal's Ctrl-C reaches as a whole.
    detached: true,
    cwd: isEmulate ? folder : '.',
    env: { ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await said(child, /Ctrl-C/);
    const response = await fetch(
      `http://localhost:${port}/login.php`.replace('/login.php', isEmulate ? '/' : ''),
    );
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<html/);
  } finally {
    const closed = once(child, 'close');
    if (child.exitCode === null) {
      process.kill(-child.pid!, 'SIGINT');
      await closed;
    }
  }
}

async function said(child: ChildProcess, words: RegExp): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        output += String(text);
        if (words.test(output)) resolve();
      });
    }
    child.once('close', () => {
      reject(new Error(`It ended: ${output}`));
    });
  });
}
