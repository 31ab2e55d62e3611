// The command doctor: its arguments, what it prints and how it ends.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { run } from '../../src/cli/program.js';
import { consult } from './doctor-stage.js';

/** Words of the element's that look like ids. */
const errorCodes = ['token-unavailable', 'token-invalid', 'backend-error'];

const RIGHT = ['https://store.example', '--client-id', 'app', '--backend', 'https://backend.example/rewards'];

/** Runs doctor where nothing may be asked: the arguments are refused first. */
async function refused(args: string[], env: NodeJS.ProcessEnv = {}) {
  const outcome = { out: '', error: '' };
  const code = await run(['doctor', ...args], {
    write: (text) => (outcome.out += text),
    writeError: (text) => (outcome.error += text),
    env,
  });
  return { ...outcome, code };
}

suite('the arguments of doctor', () => {
  const wrong: [what: string, args: string[], says: RegExp][] = [
    ['no storefront', RIGHT.slice(1), /missing required argument 'storefront-url'/],
    ['no client ID', RIGHT.slice(0, 1), /--client-id <id>' not specified/],
    ['no backend', RIGHT.slice(0, 3), /--backend <url>' not specified/],
    ['a storefront that is no address', ['store', ...RIGHT.slice(1)], /like https:\/\/your-store\.example/],
    [
      'a storefront that is not secure',
      ['http://store.example', ...RIGHT.slice(1)],
      /http:\/\/ on localhost only/,
    ],
    ['an empty client ID', [...RIGHT, '--client-id', ''], /^--client-id is missing/],
    ['a backend that is no address', [...RIGHT, '--backend', 'backend'], /^--backend must start with https/],
    [
      'a backend that is not secure',
      [...RIGHT, '--backend', 'http://backend.example'],
      /^--backend must start/,
    ],
    [
      'a token endpoint elsewhere',
      [...RIGHT, '--token-url', 'https://other.example/token'],
      /cookie goes nowhere else/,
    ],
    ['a cookie that is none', [...RIGHT, '--cookie', 'secret-value'], /name=value/],
    ['a cookie with a line break', [...RIGHT, '--cookie', 'a=secret-value\r\nb: c'], /on one line/],
    ['a folder that is no theme', [...RIGHT, '--theme', 'docs'], /is not a Stencil theme/],
    ['an unknown option', [...RIGHT, '--fix'], /unknown option/],
  ];
  for (const [what, args, says] of wrong) {
    test(`${what} is refused in a sentence, and nothing is printed that a machine could take for findings`, async () => {
      const { code, out, error } = await refused(args);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(error, says);
      assert.doesNotMatch(error, /secret-value|^\s+at /m);
    });
  }

  test('the environment may hold the cookie', async () => {
    const { code, error } = await refused(RIGHT, { BCW_COOKIE: 'no cookie' });
    assert.equal(code, 1);
    assert.match(error, /The cookie is a Cookie header/);
  });
});

suite('what doctor prints', () => {
  test('a line for each check and a summary, without colour where nobody looks on', async (context) => {
    const { code, out } = await consult(context, { faults: { backend: 'cors' } }, '');
    const [summary = '', , ...lines] = out.trimEnd().split('\n').reverse();
    assert.equal(code, 1);
    assert.match(summary, /^26 checks in \d+\.\d s: 24 ok, 0 warnings, 1 failure, 1 skipped\.$/);
    assert.equal(lines.length, 26);
    for (const line of lines) assert.match(line, /^[✓!✗–] [a-z-]+ +\S.*\.$/);
    assert.match(
      out,
      /^✗ backend-cors +The backend's 401 has no .*\. Send Access-Control-Allow-Origin: http/m,
    );
  });

  test('the findings as JSON, and nothing else', async (context) => {
    const { out, findings, error } = await consult(context, { faults: { backend: 'cors' } });
    const { counts } = JSON.parse(out) as { counts: unknown };
    assert.deepEqual(counts, { ok: 24, warning: 0, failure: 1, skipped: 1 });
    assert.equal(error, '');
    const found = findings.find(({ id }) => id === 'backend-cors');
    assert.deepEqual(Object.keys(found ?? {}), ['id', 'verdict', 'sentence', 'fix']);
  });

  test('no control characters that a page or a header holds', async (context) => {
    const settings = { bcw_app_client_id: '\u001b[2Jx' };
    const { out } = await consult(context, { settings }, '');
    assert.match(out, /^✗ page-element .* the client ID {2}\[2Jx, not/m);
    assert.ok(!out.includes('\u001b'));
  });

  test('progress and colours on a terminal, colours not where NO_COLOR is set', async () => {
    const args = ['doctor', 'http://localhost:1', '--client-id', 'app', '--backend', 'http://localhost:1/'];
    for (const [env, coloured] of [
      [{}, true],
      [{ NO_COLOR: '1' }, false],
    ] as const) {
      let out = '';
      const write = (text: string) => (out += text);
      await run(args, { write, writeError: write, isInteractive: true, env });
      assert.ok(out.includes('1/20 storefront-reachable …\r\u001b[K'));
      assert.equal(out.includes('\u001b[31m✗'), coloured);
    }
  });

  test('the ids, which scripts rely on and docs/troubleshooting.md lists', async (context) => {
    const { findings } = await consult(context, { told: { '--theme': 'example-theme' } });
    const documented = (await readFile('docs/troubleshooting.md', 'utf8')).matchAll(
      /^\| `((?:storefront|token|backend|page|theme|session)-[a-z-]+)` +\|/gm,
    );
    const ids = [...documented].map(([, id]) => id).filter((id) => !errorCodes.includes(id!));
    assert.deepEqual(
      findings.map(({ id }) => id),
      ids,
    );
    assert.deepEqual(
      findings.map(({ id }) => id),
      [
        'storefront-reachable',
        'token-endpoint',
        'backend-answers',
        'backend-preflight',
        'backend-preflight-actions',
        'backend-cors',
        'backend-garbage-token',
        'backend-unsigned-token',
        'backend-forged-token',
        'backend-no-store',
        'backend-clock',
        'page-element',
        'page-script',
        'page-script-version',
        'page-script-integrity',
        'page-script-parts',
        'page-script-copies',
        'page-csp-connect',
        'page-csp-script',
        'page-trusted-types',
        'theme-installed',
        'theme-include',
        'theme-scope',
        'theme-guard',
        'theme-nonce',
        'theme-settings',
        'theme-words',
        'session-cookie',
        'session-token',
        'session-claims',
        'session-exchange',
        'session-no-store',
        'session-forgery',
      ],
    );
  });
});

suite('what doctor sends', () => {
  test('much at once, of which Node does not complain', async (context) => {
    const complaints: Error[] = [];
    const note = (complaint: Error) => complaints.push(complaint);
    process.on('warning', note);
    context.after(() => process.off('warning', note));
    await consult(context, {});
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(complaints, []);
  });

  test('the cookie to the storefront only, the token to the backend only', async (context) => {
    const seen: { where: string; cookie: string | null; token: string | null }[] = [];
    const note = (where: string, { headers }: Request) => {
      seen.push({ where, cookie: headers.get('cookie'), token: headers.get('authorization') });
    };
    const { secrets } = await consult(context, {
      storefront: (request, emulated) => {
        note('storefront', request);
        return emulated();
      },
      backend: () => (request) => {
        note('backend', request);
        return request.headers.has('authorization')
          ? Response.json({ text: 'Hello' }, { headers: { 'access-control-allow-origin': '*' } })
          : new Response(null, { status: 401 });
      },
    });
    const [cookie = '', payload = ''] = secrets;
    const count = (test: (one: (typeof seen)[number]) => boolean | undefined) => seen.filter(test).length;
    assert.ok(count((one) => one.where === 'storefront' && one.cookie?.includes(cookie)) > 0, 'control');
    assert.ok(count((one) => one.where === 'backend' && one.token?.includes(payload)) > 0, 'control');
    assert.equal(
      count((one) => one.where === 'backend' && one.cookie !== null),
      0,
    );
    assert.equal(
      count((one) => one.where === 'storefront' && one.token !== null),
      0,
    );
  });
});
