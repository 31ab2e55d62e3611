// What each snippet for a backend does when it runs, by the block's key. It gets what the text around it takes for
// granted as globals.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmulator, sampleStore } from 'bc-customer-widget/emulator';
import {
  createVerifier,
  signCurrentCustomer,
  type IdempotencyClaim,
  type IdempotencyStore,
} from 'bc-customer-widget/server';
import { transform } from 'esbuild';
import { freePort } from '../../support/free-port.js';

type Run = (text: string, folder: string) => Promise<void>;
type Handler = (request: Request) => Promise<Response>;

const app = {
  clientId: 'your-app',
  clientSecret: 'synthetic-client-secret-of-an-app-0123456789abcdef0123456789',
};
const TOKEN_SECRET = 'synthetic-secret-of-an-issuer-0123456789abcdef0123456789abcdef';
const ada = { id: 1, email: 'ada@example.com' };
const origin = 'https://shop.example.com';

export const onNode: Record<string, Run> = {
  'README.md#the-backend': async (text, folder) => {
    const { handle } = await load<{ handle: Handler }>(text, folder, { pointsOf: () => 1240 });
    await assertCard(handle);
  },

  'docs/backend.md#ten-lines': async (text, folder) => {
    const port = await freePort();
    const points = 'const pointsOf = async () => 1240;';
    const file = await write(points + text.replace('4001', String(port)), folder);
    const env = { ...process.env, CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret };
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      await listening(port);
      await assertCard((request) => fetch(new Request(`http://127.0.0.1:${port}/`, request)));
    } finally {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    }
  },

  'docs/backend.md#actions': async (text, folder) => {
    const keys: string[] = [];
    const { exchange } = await load<{ exchange: Handler }>(text, folder, {
      options: { apps: [app], storeHashes: ['abc123'], allowedOrigins: [origin], load: () => ({}) },
      redeem: (_: unknown, key: string) => ({ redeemed: keys.push(key) }),
      store: keyStore(),
    });
    const headers = { ...(await bearer()), 'idempotency-key': crypto.randomUUID() };
    const address = 'https://api.example.com/rewards/actions/redeem';
    const ask = async (): Promise<unknown> =>
      (await exchange(new Request(address, { method: 'POST', headers }))).json();
    assert.deepEqual([await ask(), await ask()], [{ redeemed: 1 }, { redeemed: 1 }], 'one effect');
  },

  'docs/backend.md#the-management-api': async (text, folder) => {
    const store = await startEmulator({ port: 0, themeDir: 'example-theme' });
    try {
      const { storeHash, accessToken } = sampleStore;
      const here = text.replace("storeHash: 'abc123'", `storeHash: '${storeHash}', baseUrl: '${store.url}'`);
      const customer = { customerId: 1 };
      const { api } = await load<{ api: { customerAttributes: (id: number) => Promise<unknown> } }>(
        here,
        folder,
        {
          accessToken,
          customer,
          signal: new AbortController().signal,
        },
      );
      assert.deepEqual(await api.customerAttributes(1), { tier: 'gold' });
    } finally {
      await store.close();
    }
  },

  'docs/headless.md#the-route-a-token-of-your-own-issuer': async (text, folder) => {
    let session: string | undefined = 'a session';
    const { GET } = await load<{ GET: () => Promise<Response> }>(text, folder, {
      getSessionCustomerAccessToken: () => Promise.resolve(session),
      fetchCustomer: () => Promise.resolve({ entityId: 1, email: 'ada@example.com' }),
    });
    const answer = await GET();
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const { token } = (await answer.json()) as { token: string };
    const issuers = [{ issuer: origin, audience: 'my-shop', secret: TOKEN_SECRET }];
    const verify = createVerifier({ apps: [], issuers, storeHashes: ['abc123'] });
    assert.equal((await verify(token)).customerId, 1);
    session = undefined;
    assert.deepEqual(await (await GET()).json(), { token: null });
  },

  'docs/headless.md#a-backend-that-trusts-both': async (text, folder) => {
    const { exchange } = await load<{ exchange: Handler }>(text, folder, { load: () => ({ text: 'Hello' }) });
    const own = { issuer: origin, clientId: 'my-shop', clientSecret: TOKEN_SECRET };
    for (const headers of [await bearer(), await bearer(own)]) {
      assert.equal((await exchange(new Request('https://api.example.com/', { headers }))).status, 200);
    }
    const mixed = await bearer({ ...own, clientSecret: app.clientSecret });
    assert.equal((await exchange(new Request('https://api.example.com/', { headers: mixed }))).status, 401);
  },

  'docs/headless.md#server-rendering': async (text, folder) => {
    const { markup } = await load<{ markup: string }>(text, folder, {});
    assert.match(markup, /<template shadowroot(mode)?="open"[^]*Your rewards/);
  },
};

let modules = 0;

/** Runs a module and gives what it exports; a constant at its top counts as exported. */
async function load<Exports>(text: string, folder: string, globals: object): Promise<Exports> {
  Object.assign(globalThis, globals);
  Object.assign(process.env, { CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret, TOKEN_SECRET });
  const file = await write(text.replace(/^const (?=\w+ =)/gm, 'export const '), folder);
  return (await import(pathToFileURL(file).href)) as Exports;
}

async function write(text: string, folder: string): Promise<string> {
  const file = join(folder, `run-${(modules += 1)}.mjs`);
  await writeFile(file, (await transform(text, { loader: 'ts' })).code);
  return file;
}

async function bearer(options: object = {}): Promise<Record<string, string>> {
  const token = await signCurrentCustomer(ada, { ...app, storeHash: 'abc123', ...options });
  return { authorization: `Bearer ${token}`, origin };
}

async function assertCard(handle: Handler): Promise<void> {
  const answer = await handle(new Request('https://api.example.com/rewards', { headers: await bearer() }));
  assert.deepEqual(await answer.json(), { facts: [{ label: 'Points', value: 1240, format: 'number' }] });
  const nobody = await handle(new Request('https://api.example.com/rewards'));
  assert.equal(nobody.status, 401, 'the control: without a token there is no data');
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The least that keeps the contract of `idempotency`. */
function keyStore(): IdempotencyStore {
  const keys = new Map<string, Exclude<IdempotencyClaim, { state: 'claimed' }>>();
  return {
    claim: (key, fingerprint) => {
      const found = keys.get(key);
      if (!found) keys.set(key, { state: 'running', fingerprint });
      return Promise.resolve(found ?? { state: 'claimed' });
    },
    complete: (key, answer) => {
      keys.set(key, { state: 'done', fingerprint: keys.get(key)?.fingerprint ?? '', answer });
      return Promise.resolve();
    },
    release: (key) => Promise.resolve(void keys.delete(key)),
  };
}
