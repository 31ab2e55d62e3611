/** Tokens that nobody thought of: what ours accepts, a general library must accept too, and read alike. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { jwtVerify } from 'jose';
import { CustomerTokenError, verifyCurrentCustomer } from '../../src/server/index.js';
import { app, clockTolerance, forge, honestClaims } from './attack-matrix.js';

const { clientId, clientSecret, storeHash } = app;
const now = Math.floor(Date.now() / 1000);
const claims: Record<string, unknown> = honestClaims(now);

/** Values that are near to being right, and any JSON at all. */
const nearby = fc.oneof(
  fc.integer({ min: now - 2000, max: now + 2000 }),
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    '0',
    '7',
    true,
    1.5,
    [],
    {},
    1e15,
    2 ** 53,
    'bc/apps',
    storeHash,
    clientId,
  ),
  fc.constantFrom<unknown>(
    [clientId],
    ['bc/apps'],
    'current_customer',
    'customer_login',
    { id: 1 },
    { id: '1' },
  ),
  fc.record(
    { id: fc.integer({ min: -1, max: 5 }), email: fc.string(), group_id: fc.jsonValue() },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const changes = (keys: string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...keys), nearby), { maxLength: 2 })
    .map((entries): Record<string, unknown> => Object.fromEntries(entries));

const payload = changes([...Object.keys(claims), 'nbf', 'jti', '__proto__']).map((some) => ({
  ...claims,
  ...some,
}));
const header = fc
  .tuple(fc.constantFrom('HS512', 'HS256', 'HS384'), changes(['typ', 'kid', 'crit', 'b64', 'alg', 'jwk']))
  .map(([alg, some]) => ({ typ: 'JWT', alg, ...some }));
const signed = fc.record({ header, payload }).map(forge);
/** A good token with a few characters changed, gone or more. */
const damaged = fc
  .tuple(signed, fc.nat(700), fc.nat(3), fc.string({ maxLength: 2 }))
  .map(([token, at, gone, more]) => token.slice(0, at) + more + token.slice(at + gone));

async function verdictOn(token: string) {
  try {
    return await verifyCurrentCustomer(token, {
      clientId,
      clientSecret,
      storeHashes: [storeHash],
      clockTolerance,
    });
  } catch (error) {
    if (error instanceof CustomerTokenError) return error.code;
    throw error;
  }
}

describe('verifyCurrentCustomer, given tokens that nobody thought of', () => {
  it('accepts only what jose accepts, reads the same claims, and fails in no other way than its own', async () => {
    const key = new TextEncoder().encode(clientSecret);
    const count = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ arbitrary: signed, weight: 3 }, { arbitrary: damaged, weight: 1 }),
        async (token) => {
          const ours = await verdictOn(token);
          count[typeof ours === 'string' ? 'refused' : 'accepted'] += 1;
          if (typeof ours === 'string') return;
          const { payload } = await jwtVerify<{ customer: Record<string, unknown> }>(token, key, {
            algorithms: ['HS512', 'HS256'],
            issuer: 'bc/apps',
            audience: clientId,
            clockTolerance,
            requiredClaims: ['exp', 'iat'],
          });
          assert.equal(ours.customerId, payload.customer.id);
          assert.equal(ours.email, payload.customer.email);
          assert.equal(ours.groupId, Number(payload.customer.group_id ?? 0));
          assert.equal(ours.storeHash, payload.store_hash);
          assert.equal(ours.clientId, payload.aud);
          assert.equal(ours.issuedAt, payload.iat);
          assert.equal(ours.expiresAt, payload.exp);
        },
      ),
      { numRuns: 3000 },
    );
    // Controls: it would prove nothing if one side never came up.
    assert.ok(count.accepted > 300, `${count.accepted} were accepted`);
    assert.ok(count.refused > 300, `${count.refused} were refused`);
  });

  it('finds a part canonical exactly when decoding and encoding it gives it back', async () => {
    const part = fc.oneof(
      fc.stringMatching(/^[\w-]{1,12}$/),
      fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    );
    const isCanonical = (text: string) => Buffer.from(text, 'base64url').toString('base64url') === text;
    const count = { canonical: 0, not: 0 };
    await fc.assert(
      fc.asyncProperty(part, part, part, async (...parts) => {
        const expected = parts.every(isCanonical);
        count[expected ? 'canonical' : 'not'] += 1;
        assert.equal((await verdictOn(parts.join('.'))) !== 'token_malformed', expected);
      }),
      { numRuns: 1000 },
    );
    assert.ok(count.canonical > 100 && count.not > 100);
  });
});
