import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  createVerifier,
  CustomerTokenError,
  signCurrentCustomer,
  verifyCurrentCustomer,
  type VerifyOptions,
} from '../../src/server/index.js';
import { app, attackMatrix, forge, honestClaims } from './attack-matrix.js';

const { clientId, clientSecret, storeHash } = app;
const options: VerifyOptions = { clientId, clientSecret, storeHashes: [storeHash] };
const now = () => Math.floor(Date.now() / 1000);

describe('verifyCurrentCustomer', () => {
  describe('gives every token of the attack matrix its verdict', () => {
    const rows = attackMatrix();

    it('has a matrix of at least 60 tokens, all different, that accepts and refuses', () => {
      assert.ok(rows.length >= 60);
      assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
      assert.equal(new Set(rows.map(({ token }) => token)).size, rows.length);
      assert.ok(rows.filter(({ verdict }) => verdict === 'accept').length >= 10);
    });

    for (const { name, token, verdict } of rows) {
      it(`${name}: ${verdict}`, async () => {
        assert.equal(await verdictOn(token), verdict);
      });
    }
  });

  for (const algorithm of ['HS512', 'HS256'] as const) {
    it(`returns the customer of an ${algorithm} token`, async () => {
      const issuedAt = now() - 5;
      const token = await signCurrentCustomer(
        { id: 42, email: 'grace@example.com', groupId: 3 },
        { clientId, clientSecret, storeHash, algorithm, issuedAt },
      );
      assert.deepEqual(await verifyCurrentCustomer(token, options), {
        customerId: 42,
        email: 'grace@example.com',
        groupId: 3,
        storeHash,
        clientId,
        issuedAt,
        expiresAt: issuedAt + 900,
      });
    });
  }

  it('never puts the token or a claim into the error', async () => {
    for (const { token, verdict } of attackMatrix()) {
      if (verdict === 'accept' || token.length < 9) continue;
      const error: unknown = await verifyCurrentCustomer(token, options).catch((reason: unknown) => reason);
      assert.ok(error instanceof CustomerTokenError);
      const said = inspect(error, { showHidden: true, depth: 9 });
      assert.ok(!said.includes(token.slice(0, 30)), verdict);
      assert.ok(!said.includes('example.com'), verdict);
    }
  });

  it('looks at the clock again when the same token comes again', async (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
    const token = forge({ payload: honestClaims(1_800_000_000) });
    assert.equal(await verdictOn(token), 'accept');
    context.mock.timers.setTime(1_800_000_961_000);
    assert.equal(await verdictOn(token), 'token_expired');
  });

  it('takes the tolerance that it is given', async () => {
    const token = forge({ payload: { ...honestClaims(now()), iat: now() - 930, exp: now() - 30 } });
    assert.equal(await verdictOn(token), 'accept');
    assert.equal(await verdictOn(token, { clockTolerance: 0 }), 'token_expired');
  });

  it("serves every store when told 'any', still asking for sub to agree", async () => {
    const other = { ...honestClaims(now()), store_hash: 'other99', sub: 'other99' };
    assert.equal(await verdictOn(forge({ payload: other })), 'store_not_allowed');
    assert.equal(await verdictOn(forge({ payload: other }), { storeHashes: 'any' }), 'accept');
    assert.equal(
      await verdictOn(forge({ payload: { ...other, sub: 'x' } }), { storeHashes: 'any' }),
      'subject_mismatch',
    );
  });

  describe('refuses unsafe options with a sentence', () => {
    const unsafe: [name: string, changes: Record<string, unknown>, message: RegExp][] = [
      ['no client ID', { clientId: '' }, /clientId is missing/],
      ['no secret', { clientSecret: undefined }, /clientSecret is missing/],
      ['an empty secret', { clientSecret: '' }, /clientSecret is missing/],
      ['a secret of spaces', { clientSecret: ' '.repeat(40) }, /clientSecret is missing/],
      ['a short secret', { clientSecret: 'short' }, /shorter than 16 characters/],
      ['no stores', { storeHashes: undefined }, /storeHashes is missing.*'any'/],
      ['an empty list of stores', { storeHashes: [] }, /storeHashes is missing/],
      ['a store without a name', { storeHashes: [''] }, /storeHashes is missing/],
      ['stores as a string', { storeHashes: storeHash }, /storeHashes is missing/],
      ['a tolerance of an hour', { clockTolerance: 3600 }, /clockTolerance/],
      ['a tolerance that is no number', { clockTolerance: NaN }, /clockTolerance/],
    ];
    for (const [name, changes, message] of unsafe) {
      it(name, async () => {
        const token = forge({ payload: honestClaims(now()) });
        const given = { ...options, ...changes };
        await assert.rejects(verifyCurrentCustomer(token, given), { name: 'TypeError', message });
      });
    }

    it('says nothing of the secret itself', async () => {
      const given = { ...options, clientSecret: 'hunter2' };
      await assert.rejects(
        verifyCurrentCustomer('', given),
        (error: Error) => !error.message.includes('hunter2'),
      );
    });
  });
});

describe('createVerifier', () => {
  const other = { clientId: 'other-app', clientSecret: 'other0secret0other0secret0other' };
  const issuer = {
    issuer: 'https://shop.example.com',
    audience: 'rewards',
    secret: 'headless0secret0headless0secret',
  };
  const verify = createVerifier({ apps: [app, other], issuers: [issuer], storeHashes: [storeHash] });
  const customer = { id: 1, email: 'ada@example.com' };

  it("picks the secret by the token's audience", async () => {
    for (const { clientId, clientSecret } of [app, other]) {
      const token = await signCurrentCustomer(customer, { clientId, clientSecret, storeHash });
      assert.equal((await verify(token)).clientId, clientId);
    }
  });

  it("does not take one app's secret for another app's token", async () => {
    const mixed = { clientId: other.clientId, clientSecret, storeHash };
    await assert.rejects(verify(await signCurrentCustomer(customer, mixed)), { code: 'signature_invalid' });
  });

  it('accepts a further issuer with its own secret and audience, and only so', async () => {
    const sign = (changes: object) =>
      signCurrentCustomer(customer, {
        clientId: issuer.audience,
        clientSecret: issuer.secret,
        issuer: issuer.issuer,
        storeHash,
        ...changes,
      });
    assert.equal((await verify(await sign({}))).clientId, 'rewards');
    await assert.rejects(verify(await sign({ clientSecret })), { code: 'signature_invalid' });
    await assert.rejects(verify(await sign({ issuer: 'bc/apps' })), { code: 'signature_invalid' });
    await assert.rejects(verify(await sign({ clientId })), { code: 'signature_invalid' });
  });

  it('holds a further issuer to its own algorithms', async () => {
    const strict = createVerifier({
      apps: [app],
      issuers: [{ ...issuer, algorithms: ['HS256'] }],
      storeHashes: [storeHash],
    });
    const own = { clientId: issuer.audience, clientSecret: issuer.secret, issuer: issuer.issuer, storeHash };
    assert.ok(await strict(await signCurrentCustomer(customer, { ...own, algorithm: 'HS256' })));
    await assert.rejects(strict(await signCurrentCustomer(customer, own)), { code: 'algorithm_not_allowed' });
  });

  it('gives the whole attack matrix the same verdicts beside a second app, but for what the audience names', async () => {
    for (const { name, token, verdict } of attackMatrix()) {
      const got = await verify(token).then(
        () => 'accept',
        (error: unknown) => (error instanceof CustomerTokenError ? error.code : error),
      );
      assert.equal(got, verdict, name);
    }
  });

  it('refuses to start on what could not work', () => {
    const start = (changes: object) => () =>
      createVerifier({ apps: [app], storeHashes: [storeHash], ...changes });
    assert.throws(start({ apps: [] }), /apps is empty/);
    assert.throws(start({ apps: [app, app] }), /same issuer and audience/);
    assert.throws(start({ issuers: [{ ...issuer, issuer: 'bc/apps' }] }), /list the app under apps/);
    assert.throws(start({ issuers: [{ ...issuer, algorithms: ['none'] }] }), /HS512 and HS256/);
    assert.throws(start({ issuers: [{ ...issuer, secret: 'short' }] }), /secret is shorter/);
  });
});

describe('signCurrentCustomer', () => {
  it("writes header and payload in a live token's form", async () => {
    const token = await signCurrentCustomer(
      { id: 1, email: 'ada@example.com' },
      { clientId, clientSecret, storeHash, issuedAt: 1_800_000_000 },
    );
    const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    assert.equal(header, '{"typ":"JWT","alg":"HS512"}');
    assert.equal(payload, JSON.stringify(honestClaims(1_800_000_000)));
    assert.equal(token, forge({ payload: honestClaims(1_800_000_000) }));
  });

  it('refuses to sign for a guest or with a short secret', async () => {
    const signing = { clientId, clientSecret, storeHash };
    await assert.rejects(signCurrentCustomer({ id: 0, email: '' }, signing), /positive integer/);
    await assert.rejects(
      signCurrentCustomer({ id: 1, email: '' }, { ...signing, clientSecret: 'x' }),
      /shorter/,
    );
  });
});

async function verdictOn(token: string, changes: Partial<VerifyOptions> = {}): Promise<string> {
  try {
    await verifyCurrentCustomer(token, { ...options, ...changes });
    return 'accept';
  } catch (error) {
    if (error instanceof CustomerTokenError) return error.code;
    throw error;
  }
}
