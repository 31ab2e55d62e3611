import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAuthorizer, type AuthorizerEvent } from '../../src/aws/index.js';
import { signCurrentCustomer } from '../../src/server/index.js';
import { app, attackMatrix, forge, honestClaims } from '../server/attack-matrix.js';

const authorize = createAuthorizer({ apps: [app], storeHashes: [app.storeHash] });
const methodArn = 'arn:aws:execute-api:us-east-1:123456789012:abcdef/prod/GET/rewards';
const now = () => Math.floor(Date.now() / 1000);
const honest = (claims: object = {}) => forge({ payload: { ...honestClaims(now()), ...claims } });

/** The events as API Gateway writes them, with the token in each place that it may be. */
const events: Record<string, (token: string) => AuthorizerEvent> = {
  'REST TOKEN': (token) => ({ type: 'TOKEN', authorizationToken: `Bearer ${token}`, methodArn }),
  'REST TOKEN without Bearer': (token) => ({ type: 'TOKEN', authorizationToken: token, methodArn }),
  'REST REQUEST': (token) => ({ type: 'REQUEST', headers: { Authorization: `Bearer ${token}` }, methodArn }),
  'REST REQUEST, small letters': (token) => ({
    type: 'REQUEST',
    headers: { authorization: `bearer ${token}` },
    methodArn,
  }),
  'HTTP API v2': (token) => ({
    type: 'REQUEST',
    version: '2.0',
    headers: { authorization: `Bearer ${token}` },
  }),
};

describe('createAuthorizer', () => {
  for (const [name, event] of Object.entries(events)) {
    it(`lets a current customer through: ${name}`, async () => {
      const result = await authorize(event(honest()));
      assert.equal(isAllowed(result), true);
      const { expiresAt, ...context } = result.context!;
      assert.ok(Number(expiresAt) > now());
      assert.deepEqual(context, {
        customerId: '1',
        email: 'ada@example.com',
        groupId: '0',
        storeHash: app.storeHash,
        clientId: app.clientId,
      });
    });

    it(`gives every token of the attack matrix its verdict: ${name}`, async () => {
      for (const { name: row, token, verdict } of attackMatrix()) {
        // An expired token that the tolerance would still take is not let through.
        const expected = verdict === 'accept' && row !== 'a clock 45 seconds ahead';
        assert.equal(await verdictOn(event(token)), expected, row);
      }
    });
  }

  it('allows the method that was asked for, and only until the token expires', async () => {
    const exp = now() + 500;
    const result = await authorize(events['REST TOKEN']!(honest({ exp })));
    assert.ok('policyDocument' in result);
    assert.equal(result.principalId, `${app.storeHash}/1`);
    assert.deepEqual(result.policyDocument, {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Resource: methodArn,
          Condition: { DateLessThan: { 'aws:CurrentTime': new Date(exp * 1000).toISOString() } },
        },
      ],
    });
  });

  it('hands over strings only, which is all that API Gateway delivers', async () => {
    const { context = {} } = await authorize(events['HTTP API v2']!(honest()));
    assert.ok(Object.values(context).every((value) => typeof value === 'string'));
  });

  it('reads another header when it is told to, in any letters', async () => {
    const custom = createAuthorizer({
      apps: [app],
      storeHashes: [app.storeHash],
      header: 'X-Current-Customer',
    });
    const headers = { 'x-current-customer': honest() };
    assert.equal(isAllowed(await custom({ type: 'REQUEST', headers, methodArn })), true);
    await assert.rejects(authorize({ type: 'REQUEST', headers, methodArn }), /^Error: Unauthorized$/);
  });

  it('refuses a request without headers or token', async () => {
    await assert.rejects(authorize({ type: 'REQUEST', headers: null, methodArn }), /^Error: Unauthorized$/);
    await assert.rejects(authorize({ type: 'TOKEN', methodArn }), /^Error: Unauthorized$/);
    assert.deepEqual(await authorize({ type: 'REQUEST', version: '2.0' }), { isAuthorized: false });
  });

  it('keeps stores apart', async () => {
    const token = await signCurrentCustomer(
      { id: 1, email: 'x@example.com' },
      { ...app, storeHash: 'other99' },
    );
    await assert.rejects(authorize(events['REST TOKEN']!(token)), /^Error: Unauthorized$/);
  });

  it('refuses to start without stores', () => {
    const storeHashes = undefined as unknown as string[];
    assert.throws(() => createAuthorizer({ apps: [app], storeHashes }), /storeHashes is missing/);
  });
});

type Result = Awaited<ReturnType<typeof authorize>>;

function isAllowed(result: Result): boolean {
  return 'isAuthorized' in result
    ? result.isAuthorized
    : result.policyDocument.Statement[0]?.Effect === 'Allow';
}

async function verdictOn(event: AuthorizerEvent): Promise<boolean> {
  try {
    return isAllowed(await authorize(event));
  } catch (error) {
    assert.equal((error as Error).message, 'Unauthorized');
    return false;
  }
}
