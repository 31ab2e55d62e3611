// Tables of things that are set up wrong, and what doctor says about each.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { createExchange, type ExchangeOptions } from '../../src/server/index.js';
import { sampleStore } from '../../src/emulator/index.js';
import { app, consult, type Setup } from './doctor-stage.js';

export type Row = [
  what: string,
  setup: Setup | ((test: TestContext) => Promise<Setup>),
  /** Ids of the checks that find it, and of no other. */
  found: string[],
  says?: RegExp,
];

/** A test for each row. */
export function testTable(subject: string, verdict: 'failure' | 'warning', rows: Row[]): void {
  suite(`${subject}: what doctor finds as ${verdict}`, { concurrency: 4 }, () => {
    for (const [what, setup, found, says = /^$/] of rows) {
      test(`${subject} ${what}: ${found.join(', ') || 'nothing'}`, async (context) => {
        await assertFindings(context, setup, verdict, found, says);
      });
    }
  });
}

async function assertFindings(
  context: TestContext,
  given: Row[1],
  verdict: string,
  ids: string[],
  says: RegExp,
) {
  const setup = typeof given === 'function' ? await given(context) : given;
  const { findings, out, error, secrets } = await consult(context, setup);
  assert.equal(error, '');
  const found = findings.filter((one) => one.verdict === verdict);
  assert.deepEqual(
    found.map(({ id }) => id),
    ids,
  );
  assert.match(found.map(({ sentence, fix = '' }) => `${sentence} ${fix}`).join(' '), says);
  for (const { fix = '' } of found) assert.match(fix, /\.$/);
  for (const secret of secrets) assert.ok(!out.includes(secret));
}

const { storeHash } = sampleStore;

/** The real exchange, with something about it changed. */
export const exchange =
  (
    options: Partial<ExchangeOptions> = {},
    change: (answer: Response, request: Request) => Response = (one) => one,
  ) =>
  (origin: string) => {
    const answer = createExchange({
      apps: [app],
      storeHashes: [storeHash],
      allowedOrigins: [origin],
      load: () => ({ text: 'Hello' }),
      ...options,
    });
    return async (request: Request) => change(await answer(request), request);
  };

export const withHeaders = (edit: (headers: Headers, answer: Response, request: Request) => void): Setup => ({
  backend: exchange({}, (answer, request) => {
    const headers = new Headers(answer.headers);
    edit(headers, answer, request);
    return new Response(answer.body, { status: answer.status, headers });
  }),
});

/** A backend that answers whom `accepts` lets in. */
export const careless =
  (accepts: (header: Claims, payload: Claims, parts: string[]) => boolean) =>
  (origin: string) =>
  (request: Request) => {
    const cors = { 'Access-Control-Allow-Origin': origin, 'Cache-Control': 'no-store' };
    if (request.method === 'OPTIONS') {
      const allowed = 'Authorization, Content-Type, Idempotency-Key';
      return new Response(null, {
        status: 204,
        headers: { ...cors, 'Access-Control-Allow-Headers': allowed },
      });
    }
    const parts = (request.headers.get('authorization') ?? '').replace('Bearer ', '').split('.');
    const [header, payload] = parts.slice(0, 2).map(decode);
    const isIn = accepts(header ?? {}, payload ?? {}, parts);
    return isIn
      ? Response.json({ text: 'Data' }, { headers: cors })
      : Response.json({ code: 'token_invalid' }, { status: 401, headers: cors });
  };

type Claims = Record<string, unknown>;

function decode(part: string): Claims {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims;
  } catch {
    return {};
  }
}

/** Changes the pages of the storefront. */
export const pages = (edit: (html: string, headers: Headers) => string): Setup => ({
  async storefront(_, emulated) {
    const answer = await emulated();
    if (!answer.headers.get('content-type')?.includes('html')) return answer;
    const headers = new Headers(answer.headers);
    return new Response(edit(await answer.text(), headers), { status: answer.status, headers });
  },
});

export const policy = (edit: (policy: string) => string) =>
  pages((html, headers) => {
    headers.set('content-security-policy', edit(headers.get('content-security-policy') ?? ''));
    return html;
  });

/** Answers some paths of the storefront otherwise. */
export const at = (
  path: RegExp,
  answer: (request: Request, emulated: () => Promise<Response>) => Response | Promise<Response>,
): Setup => ({
  storefront: async (request, emulated) =>
    path.test(new URL(request.url).pathname) ? answer(request, emulated) : emulated(),
});
