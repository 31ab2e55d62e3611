import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Input, type Problem } from '../../src/server/index.js';
import { assertProblem, bearer, honest, useBackend, type Ask } from './backend.js';

const json = (body: unknown): Ask => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const form = (fields: Record<string, string> | [string, string][]): Ask => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const text = (body: string): Ask => ({ method: 'POST', headers: { 'Content-Type': 'text/plain' }, body });

describe('the transports of createExchange', () => {
  let input: Input | undefined;
  const { ask } = useBackend({
    load: ({ customerId }, context) => {
      ({ input } = context);
      return { customerId };
    },
  });

  const accepted: [name: string, request: () => Ask][] = [
    ['bearer', () => ({ headers: bearer() })],
    ['bearer, scheme in other letters', () => ({ headers: { Authorization: `bEaReR ${honest()}` } })],
    ['a header', () => ({ headers: { 'X-Current-Customer': honest() } })],
    [
      'a header beside Basic authentication',
      () => ({ headers: { 'X-Current-Customer': honest(), Authorization: 'Basic YTpi' } }),
    ],
    ['a header, POST without body', () => ({ method: 'POST', headers: { 'X-Current-Customer': honest() } })],
    ['JSON', () => json({ token: honest() })],
    [
      'JSON with a charset',
      () => ({
        ...json({ token: honest() }),
        headers: { 'Content-Type': 'Application/JSON; charset=utf-8' },
      }),
    ],
    ['a form', () => form({ token: honest() })],
    ['plain text', () => text(honest())],
    ['plain text with a newline at the end', () => text(`${honest()}\n`)],
    [
      'bearer with a JSON body',
      () => ({ ...json({ points: 1 }), headers: { ...bearer(), 'Content-Type': 'application/json' } }),
    ],
  ];
  for (const [name, request] of accepted) {
    it(`take a token from ${name}`, async () => {
      const response = await ask(request());
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { customerId: 1 });
    });
  }

  it('hand over the other fields of a body, and never the token', async () => {
    await ask(json({ token: honest(), points: 100, nested: { a: [1] } }));
    assert.deepEqual(input, { points: 100, nested: { a: [1] } });
    await ask(form({ token: honest(), points: '100' }));
    assert.deepEqual(input, { points: '100' });
    await ask(text(honest()));
    assert.deepEqual(input, {});
  });

  it('leave the prototype of the input alone', async () => {
    const body = `{"token":"${honest()}","__proto__":{"admin":true}}`;
    await ask({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    assert.equal(input && 'admin' in input, false);
  });

  it('take the identity from the token, whatever the body says', async () => {
    const response = await ask(json({ token: honest(1), customerId: 2, customer: { id: 2 } }));
    assert.deepEqual(await response.json(), { customerId: 1 });
  });

  const refused: [name: string, request: () => Ask, status: number, code: Problem['code']][] = [
    [
      'two tokens, bearer and header',
      () => ({ headers: { ...bearer(), 'X-Current-Customer': honest() } }),
      400,
      'token_ambiguous',
    ],
    [
      'two tokens, bearer and form',
      () => ({ ...form({ token: honest(2) }), headers: bearer() }),
      400,
      'token_ambiguous',
    ],
    [
      'two tokens, bearer and plain text',
      () => ({ ...text(honest(2)), headers: { ...bearer(), 'Content-Type': 'text/plain' } }),
      400,
      'token_ambiguous',
    ],
    [
      'the same token twice',
      () => ({ headers: bearer(), ...withToken(json({}), honest()) }),
      400,
      'token_ambiguous',
    ],
    [
      'two tokens in one form',
      () =>
        form([
          ['token', honest(1)],
          ['token', honest(2)],
        ]),
      400,
      'token_ambiguous',
    ],
    ['a token in the URL', () => ({ path: `/rewards?token=${honest()}` }), 400, 'token_misplaced'],
    [
      'a token in the URL beside the right place',
      () => ({ path: `/rewards?token=${honest()}`, headers: bearer() }),
      400,
      'token_misplaced',
    ],
    ['a token in the path', () => ({ path: `/rewards/${honest()}` }), 401, 'token_missing'],
    ['a token in a cookie', () => ({ headers: { Cookie: `token=${honest()}` } }), 401, 'token_missing'],
    ['a token in another header', () => ({ headers: { 'X-Auth-Token': honest() } }), 401, 'token_missing'],
    ['a token in another field', () => json({ jwt: honest() }), 401, 'token_missing'],
    ['another scheme', () => ({ headers: { Authorization: `Basic ${honest()}` } }), 401, 'token_missing'],
    ['an empty bearer', () => ({ headers: { Authorization: 'Bearer ' } }), 401, 'token_missing'],
    ['two words after Bearer', () => ({ headers: { Authorization: 'Bearer a b' } }), 401, 'token_missing'],
    [
      'two tokens in one header',
      () => ({ headers: { 'X-Current-Customer': `${honest()}, ${honest()}` } }),
      401,
      'token_invalid',
    ],
    ['a token that is not a string', () => json({ token: { token: honest() } }), 400, 'body_invalid'],
    ['JSON that is broken', () => ({ ...json({}), body: '{"token":' }), 400, 'body_invalid'],
    ['JSON that is a string', () => json(honest()), 400, 'body_invalid'],
    ['JSON that is a list', () => json([honest()]), 400, 'body_invalid'],
    [
      'JSON that is not UTF-8',
      () => ({ ...json({}), body: Buffer.from('{"a":"\xff"}', 'latin1') }),
      400,
      'body_invalid',
    ],
    [
      'a form with files',
      () => ({ method: 'POST', body: multipart(honest()) }),
      415,
      'content_type_unsupported',
    ],
    [
      'XML',
      () => ({ ...text('<token/>'), headers: { 'Content-Type': 'application/xml' } }),
      415,
      'content_type_unsupported',
    ],
    [
      'a body without a type',
      () => ({ method: 'POST', body: Buffer.from(honest()) }),
      415,
      'content_type_unsupported',
    ],
    ['a gigantic body', () => json({ token: honest(), more: 'x'.repeat(20_000) }), 413, 'body_too_large'],
    [
      'a gigantic body of unknown length',
      () => ({ ...text(''), body: endless(), duplex: 'half' }) as Ask,
      413,
      'body_too_large',
    ],
    ['plain text of no origin', () => ({ ...text(honest()), origin: null }), 403, 'origin_not_allowed'],
    [
      'plain text of another origin',
      () => ({ ...text(honest()), origin: 'https://evil.example.com' }),
      403,
      'origin_not_allowed',
    ],
  ];
  for (const [name, request, status, code] of refused) {
    it(`refuse ${name}: ${status} ${code}`, async () => {
      input = undefined;
      await assertProblem(await ask(request()), status, code);
      assert.equal(input, undefined, 'nothing may be loaded');
    });
  }
});

describe('transports with names of their own', () => {
  const { ask } = useBackend({ tokenHeader: 'X-Auth-Token', tokenField: 'bcToken', tokenInQuery: true });

  const accepted: [name: string, request: () => Ask][] = [
    ['the header', () => ({ headers: { 'X-Auth-Token': honest() } })],
    ['the JSON field', () => json({ bcToken: honest() })],
    ['the form field', () => form({ bcToken: honest() })],
    ['the query', () => ({ path: `/rewards?bcToken=${honest()}` })],
  ];
  for (const [name, request] of accepted) {
    it(`take a token from ${name}`, async () => {
      assert.equal((await ask(request())).status, 200);
    });
  }

  it('name that header in the answer to a preflight', async () => {
    const response = await ask({ method: 'OPTIONS' });
    assert.match(response.headers.get('access-control-allow-headers') ?? '', /, X-Auth-Token$/);
  });

  it('still take one token only', async () => {
    const path = `/rewards?bcToken=${honest()}`;
    await assertProblem(await ask({ path: `${path}&bcToken=${honest(2)}` }), 400, 'token_ambiguous');
    await assertProblem(await ask({ path, headers: bearer() }), 400, 'token_ambiguous');
  });
});

function withToken(request: Ask, token: string): Ask {
  const headers = { ...request.headers, ...bearer(token) };
  return { ...request, headers, body: JSON.stringify({ token }) };
}

function multipart(token: string): FormData {
  const data = new FormData();
  data.set('token', token);
  return data;
}

/** Sends without Content-Length, for as long as somebody reads. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(4096).fill(97));
    },
  });
}
