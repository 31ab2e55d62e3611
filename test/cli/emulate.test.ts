import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { run } from '../../src/cli/program.js';
import { elementOf } from '../theme/html.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { sessionCookie } from '../support/session-cookie.js';

/** Runs `emulate` until `use` is done with the store at the address that it printed. */
async function emulate(args: string[], use: (url: string) => Promise<void> = () => Promise.resolve()) {
  const stop = new AbortController();
  const outcome = { out: '', error: '' };
  let used: Promise<void> | undefined;
  const code = await run(['emulate', ...args], {
    write: (text) => {
      outcome.out += text;
      const url = /Storefront +(\S+)/.exec(text)?.[1];
      if (url) {
        // Once the command has said all it has to say, and listens for its end.
        used = new Promise((resolve) => setImmediate(resolve))
          .then(() => use(url))
          .finally(() => {
            stop.abort();
          });
      }
    },
    writeError: (text) => (outcome.error += text),
    stop: stop.signal,
  });
  await used;
  return { ...outcome, code };
}

suite('the command emulate', () => {
  test('runs a theme, says how to sign in and what a backend needs, and stops', async () => {
    const themeDir = await temporaryTheme();
    let address = '';
    const { code, out } = await emulate(
      ['--theme', themeDir, '--port', '0', '--backend-url', 'https://backend.example/card'],
      async (url) => {
        address = url;
        const cookie = await sessionCookie(url, 'grace@example.com');
        const html = await (await fetch(`${url}/account.php`, { headers: { cookie } })).text();
        const { attributes } = elementOf(html, 'bc-customer-widget');
        assert.equal(attributes['backend-url'], 'https://backend.example/card');
        const token = await fetch(
          `${url}/customer/current.jwt?app_client_id=${attributes['app-client-id']}`,
          {
            headers: { cookie },
          },
        );
        assert.equal(token.status, 200);
      },
    );
    assert.equal(code, 0);
    assert.match(out, /grace@example\.com +demo/);
    assert.match(out, /client ID +\S+\n +client secret +\S{64,}\n +store hash +\S+/);
    await assert.rejects(fetch(address));
  });

  test("leaves the theme's own backend address alone when none is given", async () => {
    const config = { settings: { bcw_backend_url: 'https://own.example/' } };
    const themeDir = await temporaryTheme({ 'config.json': JSON.stringify(config) });
    await emulate(['--theme', themeDir, '--port', '0'], async (url) => {
      const policy = (await fetch(url)).headers.get('content-security-policy')!;
      assert.ok(policy.includes("connect-src 'self' https://own.example wss://own.example;"));
    });
  });

  test('shows the toolbar with the faults only when it is asked for', async () => {
    const themeDir = await temporaryTheme();
    for (const [args, expected] of [
      [[], false],
      [['--faults'], true],
    ] as const) {
      await emulate(['--theme', themeDir, '--port', '0', ...args], async (url) => {
        assert.equal((await (await fetch(url)).text()).includes('/emulator/toolbar.js'), expected);
      });
    }
  });

  test('says in one sentence that the port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, error } = await emulate(['--theme', await temporaryTheme(), '--port', String(port)]);
    taken.close();
    assert.equal(code, 1);
    assert.equal(error, `Port ${port} is in use; choose another one with --port.\n`);
  });

  for (const port of ['x', '-1', '70000', '1.5']) {
    test(`refuses the port ${port}`, async () => {
      const { code, error } = await emulate(['--port', port]);
      assert.notEqual(code, 0);
      assert.match(error, /65535/);
    });
  }

  test('is refused for a folder that is no theme', async () => {
    const { code, error } = await emulate(['--theme', 'docs']);
    assert.equal(code, 1);
    assert.match(error, /is not a Stencil theme/);
  });
});
