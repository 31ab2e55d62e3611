import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  forbiddenRequest,
  forbiddenScript,
  forbiddenTrustedTypes,
  parsePolicies,
} from '../../src/cli/doctor/csp.js';

const page = new URL('https://store.example/account.php');

suite('requests under a content security policy', () => {
  const backend = 'https://api.example.com/rewards';
  const rows: [policy: string, address: string, forbiddenBy: string | undefined][] = [
    ['', backend, undefined],
    ["script-src 'none'", backend, undefined],
    ["connect-src 'none'", backend, 'connect-src'],
    ['connect-src', backend, 'connect-src'],
    ["default-src 'self'", backend, 'default-src'],
    ["default-src 'none'; connect-src *", backend, undefined],
    ["connect-src 'self'", 'https://store.example/rewards', undefined],
    ["connect-src 'self'", 'wss://store.example/live', undefined],
    ['connect-src https://api.example.com', backend, undefined],
    ['CONNECT-SRC HTTPS://API.EXAMPLE.COM', backend, undefined],
    ['connect-src api.example.com', backend, undefined],
    ['connect-src http://api.example.com', backend, undefined],
    ['connect-src https://api.example.com:8443', backend, 'connect-src'],
    ['connect-src https://api.example.com:443', backend, undefined],
    ['connect-src https://api.example.com:*', 'https://api.example.com:8443/', undefined],
    ['connect-src http://localhost:4001', 'http://localhost:4001/rewards', undefined],
    ['connect-src https://*.example.com', backend, undefined],
    ['connect-src https://*.example.com', 'https://example.com/', 'connect-src'],
    ['connect-src https://*.ample.com', backend, 'connect-src'],
    ['connect-src https:', backend, undefined],
    ['connect-src wss:', backend, 'connect-src'],
    ['connect-src https://api.example.com/rewards', backend, undefined],
    ['connect-src https://api.example.com/rew', backend, 'connect-src'],
    ['connect-src https://api.example.com/rewards/', 'https://api.example.com/rewards/x', undefined],
    // The first of a name counts, and every policy must allow it.
    ["connect-src 'none'; connect-src *", backend, 'connect-src'],
    ["connect-src *, connect-src 'self'", backend, 'connect-src'],
  ];
  for (const [policy, address, expected] of rows) {
    test(`"${policy}" ${expected ? 'forbids' : 'allows'} ${address}`, () => {
      assert.equal(forbiddenRequest(parsePolicies(policy), new URL(address), page), expected);
    });
  }
});

suite('scripts under a content security policy', () => {
  const src = new URL('https://cdn.example/bc-customer-widget.min.js');
  const external = { src, nonce: undefined, integrity: undefined, code: '' };
  const inline = { src: undefined, nonce: undefined, integrity: undefined, code: 'alert(1)' };
  // openssl dgst -sha256 -binary | base64
  const hash = 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';
  const rows: [
    policy: string,
    script: Parameters<typeof forbiddenScript>[1],
    forbiddenBy: string | undefined,
  ][] = [
    ['', external, undefined],
    ["script-src 'self'", external, 'script-src'],
    ["script-src 'self'", { ...external, src: new URL('/a.js', page) }, undefined],
    ['script-src https://cdn.example', external, undefined],
    ["script-src 'nonce-abc'", external, 'script-src'],
    ["script-src 'nonce-abc'", { ...external, nonce: 'abc' }, undefined],
    ["script-src 'nonce-abc'", { ...external, nonce: 'ABC' }, 'script-src'],
    ["script-src https://cdn.example 'strict-dynamic' 'nonce-abc'", external, 'script-src'],
    ["script-src 'sha384-x'", { ...external, integrity: 'sha384-x' }, undefined],
    ["script-src 'none'; script-src-elem https://cdn.example", external, undefined],
    ["default-src 'self'", external, 'default-src'],
    ["script-src 'self'", inline, 'script-src'],
    ["script-src 'unsafe-inline'", inline, undefined],
    ["script-src 'unsafe-inline' 'nonce-abc'", inline, 'script-src'],
    [`script-src '${hash}'`, inline, undefined],
  ];
  for (const [policy, script, expected] of rows) {
    test(`"${policy}" ${expected ? 'forbids' : 'allows'} ${JSON.stringify(script)}`, () => {
      assert.equal(forbiddenScript(parsePolicies(policy), script, page), expected);
    });
  }
});

suite('Trusted Types under a content security policy', () => {
  const rows: [policy: string, forbidden: string[]][] = [
    ["require-trusted-types-for 'script'", []],
    ["require-trusted-types-for 'script'; trusted-types *", []],
    ["trusted-types 'none'", ['lit-html']],
    ['trusted-types other', ['lit-html']],
    ["trusted-types lit-html 'allow-duplicates'", []],
  ];
  for (const [policy, forbidden] of rows) {
    test(`"${policy}" forbids ${forbidden.join() || 'nothing'}`, () => {
      assert.deepEqual(forbiddenTrustedTypes(parsePolicies(policy), ['lit-html']), forbidden);
    });
  }
});
