import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { signCustomerLogin, verifyCurrentCustomer } from '../../src/server/index.js';
import { app } from './attack-matrix.js';

describe('signCustomerLogin', () => {
  it('writes the claims that the Customer Login API asks for', async () => {
    const token = await signCustomerLogin(
      { id: 7 },
      { ...app, issuedAt: 1_800_000_000, redirectTo: '/cart.php', channelId: 2 },
    );
    assert.deepEqual(decodeProtectedHeader(token), { typ: 'JWT', alg: 'HS256' });
    const { jti, ...claims } = decodeJwt(token);
    assert.deepEqual(claims, {
      iss: app.clientId,
      iat: 1_800_000_000,
      operation: 'customer_login',
      store_hash: app.storeHash,
      customer_id: 7,
      channel_id: 2,
      redirect_to: '/cart.php',
    });
    assert.match(String(jti), /^[\da-f-]{36}$/);
  });

  it('gives each token an id of its own', async () => {
    const [one, other] = [await signCustomerLogin({ id: 7 }, app), await signCustomerLogin({ id: 7 }, app)];
    assert.notEqual(decodeJwt(one).jti, decodeJwt(other).jti);
  });

  it('never passes as a current customer', async () => {
    const token = await signCustomerLogin({ id: 7 }, app);
    const { clientId, clientSecret, storeHash } = app;
    await assert.rejects(verifyCurrentCustomer(token, { clientId, clientSecret, storeHashes: [storeHash] }), {
      code: 'issuer_mismatch',
    });
  });

  it('refuses guests, short secrets and addresses of other sites', async () => {
    await assert.rejects(signCustomerLogin({ id: 0 }, app), /positive integer/);
    await assert.rejects(
      signCustomerLogin({ id: 7 }, { ...app, clientSecret: 'short' }),
      /shorter than 16 characters/,
    );
    for (const redirectTo of [
      'https://evil.example.com',
      '//evil.example.com',
      '/\\evil.example.com',
      'cart.php',
      '',
    ]) {
      await assert.rejects(
        signCustomerLogin({ id: 7 }, { ...app, redirectTo }),
        /must be a path/,
        redirectTo,
      );
    }
  });
});
