import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import type { CustomerCard } from 'bc-customer-widget';
import { signCurrentCustomer } from 'bc-customer-widget/server';
import { openLoyaltyDatabase } from '../../examples/loyalty/database.js';
import { startLoyalty } from '../../examples/loyalty/server.js';

const app = { clientId: 'loyalty-test', clientSecret: 'loyalty0secret0loyalty0secret00' };
const storeHash = 'demo123';
const shop = 'http://localhost:4999';

let folder = '';
let databaseUrl = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loyalty-'));
  databaseUrl = pathToFileURL(join(folder, 'loyalty.db')).href;
});
after(() => rm(folder, { recursive: true }));

describe('redeeming points', () => {
  let backend: Awaited<ReturnType<typeof startLoyalty>>;
  before(async () => {
    backend = await startLoyalty({
      port: 0,
      databaseUrl,
      apps: [app],
      storeHashes: [storeHash],
      allowedOrigins: [shop],
    });
  });
  after(() => backend.close());

  it('takes the points off and answers with the new card', async () => {
    const response = await redeem(backend.url, 2);
    assert.equal(response.status, 200);
    const card = (await response.json()) as CustomerCard;
    assert.deepEqual(card.facts?.[0], { label: 'Points', value: 265, format: 'number' });
  });

  it('happens once for a repeated request, with the same answer', async () => {
    const key = randomUUID();
    const [first, second] = [await redeem(backend.url, 1, key), await redeem(backend.url, 1, key)];
    assert.deepEqual(await second.json(), await first.json());
    assert.equal(await balance(1), 1140);
  });

  it('refuses a customer without enough points, and changes nothing', async () => {
    await give(10, 99);
    const response = await redeem(backend.url, 10);
    assert.equal(response.status, 409);
    assert.deepEqual(await response.json(), {
      code: 'not_enough_points',
      detail: 'A redemption takes 100 points.',
    });
    assert.equal(await balance(10), 99);
  });

  it('refuses a customer who has never had any', async () => {
    assert.equal((await redeem(backend.url, 3)).status, 409);
  });

  it('happens once for 1,000 requests at the same time with the same key', async () => {
    await give(11, 250);
    const key = randomUUID();
    const statuses = await at1000(() => redeem(backend.url, 11, key));
    assert.deepEqual(statuses, { 200: 1000 });
    assert.equal(await balance(11), 150);
    assert.equal(await redemptions(11), 1);
  });

  it('happens once for 1,000 requests at the same time for the same 100 points with different keys', async () => {
    await give(12, 100);
    const statuses = await at1000(() => redeem(backend.url, 12));
    assert.deepEqual(statuses, { 200: 1, 409: 999 });
    assert.equal(await balance(12), 0);
    assert.equal(await redemptions(12), 1);
  });
});

describe('redeeming points on two backends that share a database', () => {
  const processes: ChildProcess[] = [];
  const urls: string[] = [];
  before(async () => {
    for (let index = 0; index < 2; index += 1) {
      const { process, url } = await startProcess();
      processes.push(process);
      urls.push(url);
    }
  });
  after(async () => {
    for (const process of processes) {
      process.kill();
      await once(process, 'exit');
    }
  });
  const anyUrl = (index: number) => urls[index % urls.length] ?? '';

  it('happens once for the same key', async () => {
    await give(21, 250);
    const key = randomUUID();
    const statuses = await at1000((index) => redeem(anyUrl(index), 21, key), 200);
    assert.deepEqual(statuses, { 200: 200 });
    assert.equal(await balance(21), 150);
  });

  it('happens once for the same 100 points with different keys', async () => {
    await give(22, 100);
    const statuses = await at1000((index) => redeem(anyUrl(index), 22), 200);
    assert.deepEqual(statuses, { 200: 1, 409: 199 });
    assert.equal(await balance(22), 0);
  });
});

describe('the keys of the loyalty database', () => {
  it('are claimed once, answered again, and free after a release', async () => {
    const database = await openLoyaltyDatabase(':memory:');
    const { idempotency } = database;
    assert.deepEqual(await idempotency.claim('key', 'a'), { state: 'claimed' });
    assert.deepEqual(await idempotency.claim('key', 'a'), { state: 'running', fingerprint: 'a' });
    await idempotency.release('key');
    assert.deepEqual(await idempotency.claim('key', 'b'), { state: 'claimed' });
    const answer = { status: 200, contentType: 'application/json', body: '{}' };
    await idempotency.complete('key', answer);
    await idempotency.release('key');
    assert.deepEqual(await idempotency.claim('key', 'b'), { state: 'done', fingerprint: 'b', answer });
    database.close();
  });

  it('run out: after a minute when their process has died, after a day when answered', async (context) => {
    const database = await openLoyaltyDatabase(':memory:');
    const { idempotency } = database;
    context.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
    await idempotency.claim('died', 'a');
    await idempotency.claim('answered', 'a');
    await idempotency.complete('answered', { status: 204, contentType: null, body: '' });
    context.mock.timers.tick(59_000);
    assert.equal((await idempotency.claim('died', 'a')).state, 'running');
    context.mock.timers.tick(2000);
    assert.equal((await idempotency.claim('died', 'a')).state, 'claimed');
    assert.equal((await idempotency.claim('answered', 'a')).state, 'done');
    context.mock.timers.tick(24 * 3_600_000);
    assert.equal((await idempotency.claim('answered', 'a')).state, 'claimed');
    database.close();
  });
});

async function redeem(url: string, customerId: number, key: string = randomUUID()): Promise<Response> {
  const token = await signCurrentCustomer({ id: customerId, email: 'x@example.com' }, { ...app, storeHash });
  return fetch(`${url}/rewards/actions/redeem`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': key, Origin: shop },
  });
}

/** Sends them all at once and counts the answers by status. */
async function at1000(
  send: (index: number) => Promise<Response>,
  times = 1000,
): Promise<Record<string, number>> {
  const responses = await Promise.all(Array.from({ length: times }, (_, index) => send(index)));
  const counts: Record<string, number> = {};
  for (const { status, body } of responses) {
    counts[status] = (counts[status] ?? 0) + 1;
    await body?.cancel();
  }
  return counts;
}

async function query(sql: string, args: (string | number)[]) {
  const client = createClient({ url: databaseUrl, timeout: 5000 });
  const { rows } = await client.execute({ sql, args });
  client.close();
  return rows;
}

async function give(customerId: number, points: number): Promise<void> {
  const sql = "INSERT INTO points VALUES (?, ?, ?, ?, 'Gift', '2026-01-01')";
  await query(sql, [randomUUID(), storeHash, customerId, points]);
}

async function balance(customerId: number): Promise<unknown> {
  const sql = 'SELECT sum(amount) AS sum FROM points WHERE store_hash = ? AND customer_id = ?';
  return (await query(sql, [storeHash, customerId]))[0]?.sum;
}

async function redemptions(customerId: number): Promise<number> {
  const sql = 'SELECT 1 FROM points WHERE store_hash = ? AND customer_id = ? AND amount < 0';
  return (await query(sql, [storeHash, customerId])).length;
}

/** The backend as a stranger starts it, on a port of its own. */
async function startProcess(): Promise<{ process: ChildProcess; url: string }> {
  const server = fileURLToPath(new URL('../../examples/loyalty/server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', server], {
    env: {
      ...process.env,
      CLIENT_ID: app.clientId,
      CLIENT_SECRET: app.clientSecret,
      STORE_HASHES: storeHash,
      ALLOWED_ORIGINS: shop,
      DATABASE_URL: databaseUrl,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (url) return { process: child, url };
  }
  throw new Error('The backend ended before it was ready.');
}
