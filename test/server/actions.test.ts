import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type {
  Action,
  ActionContext,
  IdempotencyClaim,
  IdempotencyStore,
  Input,
} from '../../src/server/index.js';
import { assertProblem, assertReadable, bearer, deferred, honest, useBackend, type Ask } from './backend.js';

/** The simplest store that keeps the contract: one process, one map. */
class MemoryStore implements IdempotencyStore {
  readonly keys = new Map<string, Exclude<IdempotencyClaim, { state: 'claimed' }>>();
  claims = 0;

  claim(key: string, fingerprint: string): Promise<IdempotencyClaim> {
    this.claims += 1;
    const found = this.keys.get(key);
    if (!found) this.keys.set(key, { state: 'running', fingerprint });
    return Promise.resolve(found ?? { state: 'claimed' });
  }

  complete(...[key, answer]: Parameters<IdempotencyStore['complete']>): Promise<void> {
    const { fingerprint = '' } = this.keys.get(key) ?? {};
    this.keys.set(key, { state: 'done', fingerprint, answer });
    return Promise.resolve();
  }

  release(key: string): Promise<void> {
    this.keys.delete(key);
    return Promise.resolve();
  }
}

const uuid = 'c2a0d7c6-7f3b-4d5e-9a51-0f2f6f1f7a10';

function redeemRequest(key: string | null = uuid, body: object = { points: 100 }, token = honest()): Ask {
  const headers: Record<string, string> = { ...bearer(token), 'Content-Type': 'application/json' };
  if (key !== null) headers['Idempotency-Key'] = key;
  return { path: '/rewards/actions/redeem', method: 'POST', headers, body: JSON.stringify(body) };
}

describe('the actions of createExchange', () => {
  const store = new MemoryStore();
  let redeem: Action;
  let calls: { customerId: number; input: Input; context: ActionContext }[] = [];
  const { ask } = useBackend({
    idempotency: store,
    timeLimit: 8000,
    actions: {
      redeem(customer, input, context) {
        calls.push({ customerId: customer.customerId, input, context });
        return redeem(customer, input, context);
      },
    },
  });
  beforeEach(() => {
    store.keys.clear();
    store.claims = 0;
    calls = [];
    redeem = () => ({ left: 1140 });
  });

  it('run for the customer in the token, with the input and the key', async () => {
    const response = await ask(redeemRequest());
    assert.equal(response.status, 200);
    assertReadable(response);
    assert.deepEqual(await response.json(), { left: 1140 });
    assert.equal(calls.length, 1);
    assert.equal(calls[0]?.customerId, 1);
    assert.deepEqual(calls[0].input, { points: 100 });
    assert.equal(calls[0].context.idempotencyKey, uuid);
  });

  it('give a repeated request the first answer, running once', async () => {
    redeem = () => ({ run: calls.length });
    const answers = [
      await ask(redeemRequest()),
      await ask(redeemRequest()),
      await ask(redeemRequest(`"${uuid}"`)),
    ];
    for (const response of answers) {
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
      assertReadable(response);
      assert.deepEqual(await response.json(), { run: 1 });
    }
  });

  it('let a double click wait for the first click, running once', async () => {
    const { promise: finished, resolve: finish } = deferred<object>();
    redeem = () => finished;
    const clicks = [ask(redeemRequest()), ask(redeemRequest())];
    await until(() => store.claims === 2);
    finish({ left: 1140 });
    for (const response of await Promise.all(clicks)) assert.deepEqual(await response.json(), { left: 1140 });
    assert.equal(calls.length, 1);
  });

  it('answer 409 when the first click takes too long, and the first click still succeeds', async () => {
    const { promise: finished, resolve: finish } = deferred<object>();
    redeem = () => finished;
    const first = ask(redeemRequest());
    await until(() => calls.length === 1);
    const second = await ask(redeemRequest());
    assert.equal(second.headers.get('retry-after'), '3');
    await assertProblem(second, 409, 'action_in_progress');
    finish({ left: 1140 });
    assert.equal((await first).status, 200);
    assert.equal(calls.length, 1);
  });

  it('run again for a new key', async () => {
    await ask(redeemRequest());
    await ask(redeemRequest('another-intention'));
    assert.equal(calls.length, 2);
  });

  it("keep customers' keys apart", async () => {
    await ask(redeemRequest(uuid, {}, honest(1)));
    await ask(redeemRequest(uuid, {}, honest(2)));
    assert.deepEqual(
      calls.map(({ customerId }) => customerId),
      [1, 2],
    );
  });

  it('refuse a key that comes again with another input', async () => {
    await ask(redeemRequest(uuid, { points: 100 }));
    await assertProblem(await ask(redeemRequest(uuid, { points: 5000 })), 422, 'idempotency_key_reused');
    assert.equal(calls.length, 1);
  });

  for (const [name, key, code] of [
    ['no key', null, 'idempotency_key_missing'],
    ['a short key', 'abc', 'idempotency_key_invalid'],
    ['a key with spaces', 'not one word', 'idempotency_key_invalid'],
    ['a key without end', 'x'.repeat(300), 'idempotency_key_invalid'],
  ] as const) {
    it(`refuse ${name}`, async () => {
      await assertProblem(await ask(redeemRequest(key)), 400, code);
      assert.equal(calls.length, 0);
    });
  }

  it('answer 500 without the message when they throw, and may then be tried again with the key', async () => {
    redeem = () => {
      throw new Error('the ledger is locked');
    };
    const response = await ask(redeemRequest());
    assert.ok(!(await response.clone().text()).includes('ledger'));
    await assertProblem(response, 500, 'action_failed');
    redeem = () => ({ left: 1140 });
    assert.equal((await ask(redeemRequest())).status, 200);
    assert.equal(calls.length, 2);
  });

  it("may be tried again after a 503 of the backend's own, not after a refusal", async () => {
    const answer = (status: number) => () => Response.json({ status }, { status });
    redeem = answer(503);
    assert.equal((await ask(redeemRequest())).status, 503);
    redeem = answer(409);
    assert.equal((await ask(redeemRequest())).status, 409);
    redeem = answer(200);
    const last = await ask(redeemRequest());
    assert.equal(last.status, 409);
    assert.deepEqual(await last.json(), { status: 409 });
    assert.equal(calls.length, 2);
  });

  it('answer an action without result with 204, again and again', async () => {
    redeem = () => undefined;
    assert.equal((await ask(redeemRequest())).status, 204);
    assert.equal((await ask(redeemRequest())).status, 204);
    assert.equal(calls.length, 1);
  });

  for (const name of ['spend', 'redeem/', 'x/redeem', '', 'toString', '__proto__', 'constructor']) {
    it(`answer '${name}', which is no action, with 404`, async () => {
      await assertProblem(
        await ask({ ...redeemRequest(), path: `/rewards/actions/${name}` }),
        404,
        'action_unknown',
      );
    });
  }

  it('need POST', async () => {
    const response = await ask({ path: '/rewards/actions/redeem', headers: bearer() });
    assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
    await assertProblem(response, 405, 'method_not_allowed');
  });

  it('need a good token before anything else is looked at', async () => {
    await assertProblem(await ask(redeemRequest(null, {}, 'x.y.z')), 401, 'token_invalid');
    assert.equal(calls.length, 0);
  });
});

describe('actions without a store for keys', () => {
  const keys: (string | undefined)[] = [];
  const { ask } = useBackend({
    actions: {
      redeem: (_customer, _input, { idempotencyKey }) => {
        keys.push(idempotencyKey);
      },
    },
  });

  it('run each time, and get the key to do with as they like', async () => {
    await ask(redeemRequest());
    await ask(redeemRequest());
    await ask(redeemRequest(null));
    assert.deepEqual(keys, [uuid, uuid, undefined]);
  });
});

describe('an action that outlives the time limit', () => {
  const store = new MemoryStore();
  const { promise: finished, resolve: finish } = deferred<object>();
  let runs = 0;
  const { ask } = useBackend({
    idempotency: store,
    timeLimit: 20,
    actions: {
      redeem: () => {
        runs += 1;
        return finished;
      },
    },
  });

  it('is answered with 504, goes on, and gives its answer to the retry', async () => {
    await assertProblem(await ask(redeemRequest()), 504, 'time_limit_exceeded');
    finish({ left: 1140 });
    await until(() => [...store.keys.values()][0]?.state === 'done');
    const retry = await ask(redeemRequest());
    assert.deepEqual(await retry.json(), { left: 1140 });
    assert.equal(runs, 1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resume) => setTimeout(resume, 5));
}
