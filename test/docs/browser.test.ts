// Every piece of HTML and CSS in the documents, and the headers that they name: on a page of the emulated storefront,
// seen by a signed-in shopper, and on the real exchange.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createExchange } from 'bc-customer-widget/server';
import { blocksIn } from './support/blocks.js';
import { reaches, show, type Show } from './support/page-stage.js';

const WHOLE =
  '<bc-customer-widget app-client-id="your-client-id" backend-url="https://api.example.com/rewards"></bc-customer-widget>';

interface Expected extends Partial<Show> {
  /** Default: `ready`. */
  state?: string;
  /** A complaint that the snippet is there to provoke. */
  complaint?: RegExp;
  /** What has to be seen, as a selector. */
  selector?: string;
}

/** What a block shows, where it is not the element in state `ready`. */
const expected: Record<string, Expected> = {
  'README.md#anywhere-else': { withoutModule: true },
  'docs/cards.md#your-own-template': { selector: 'bc-customer-widget strong' },
  'docs/cards.md#words-and-slots': {
    body: WHOLE.replace('></', '>SNIPPET</'),
    shopper: 'new@example.com',
    state: 'empty',
    selector: 'bc-customer-widget > [slot="empty"]',
  },
  'docs/security.md#pin-where-tokens-may-go': {
    // As the page is that pins its backend: see the next block.
    body: 'SNIPPET<script type="module">import { BcCustomerWidget } from "/assets/bc-customer-widget/bc-customer-widget.min.js"; BcCustomerWidget.allowBackends(["https://api.example.com"]);</script>',
    withoutModule: true,
    state: 'error',
    complaint: /allowBackends does not list/,
  },
  'docs/security.md#pin-where-tokens-may-go-2': { body: `SNIPPET${WHOLE}`, withoutModule: true },
};

suite('HTML in the documents', () => {
  for (const { key, text } of blocksIn('html')) {
    const { body = 'SNIPPET', state = 'ready', complaint, selector, ...more } = expected[key] ?? {};
    test(`${key} shows the state "${state}"`, async () => {
      await seen({ ...more, body: body.replace('SNIPPET', text) }, state, complaint, selector);
    });
  }
});

suite('CSS in the documents', () => {
  const { modules } = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as {
    modules: {
      declarations: {
        cssParts: { name: string }[];
        cssProperties: { name: string }[];
        slots: { name: string }[];
      }[];
    }[];
  };
  const [declaration] = modules.flatMap(({ declarations }) => declarations);

  for (const { key, text } of blocksIn('css')) {
    test(`${key} is understood by a browser, and names what is there`, async () => {
      const parts = [...text.matchAll(/::part\(([\w-]+)\)/g)].map(([, name]) => name!);
      const properties = [...text.matchAll(/--bcw-[\w-]+/g)].map(([name]) => name);
      const slots = [...text.matchAll(/\[slot='(\w+)'\]/g)].map(([, name]) => name!);
      assert.ok(parts.length + properties.length + slots.length > 0);
      for (const name of slots)
        assert.ok(
          declaration!.slots.some((one) => one.name === name),
          name,
        );
      for (const name of parts)
        assert.ok(
          declaration!.cssParts.some((one) => one.name === name),
          name,
        );
      for (const name of properties)
        assert.ok(
          declaration!.cssProperties.some((one) => one.name === name),
          name,
        );
      const { page, close } = await show({ body: `<style>${text}</style>${WHOLE}` });
      const rules = await page.evaluate(() => document.styleSheets[0]!.cssRules.length);
      assert.equal(rules, text.split('{').length - 1, 'no rule is dropped');
      await close();
    });
  }
});

suite('headers in the documents', () => {
  for (const { key, text } of blocksIn('http')) {
    const headers = text
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/) as [string, string]);
    const [[name, policy]] = headers as [[string, string]];
    if (name === 'Content-Security-Policy') {
      test(`${key}: the widget works under that policy`, async () => {
        await seen({ body: WHOLE, policy }, 'ready');
      });
    } else {
      test(`${key}: the exchange answers with them`, async () => {
        const answers = await Promise.all(['OPTIONS', 'GET'].map((method) => exchange(method)));
        const given = answers.map(
          (answer) => headers.filter(([one, value]) => answer.headers.get(one) === value).length,
        );
        assert.equal(Math.max(...given), headers.length, text);
      });
    }
  }

  test('would be missed: a policy without the backend keeps the data away', async () => {
    const [block] = blocksIn('http').filter(({ text }) => text.includes('connect-src'));
    const policy = block!.text
      .trim()
      .replace(/^.*?: /, '')
      .replaceAll(/(https|wss):\/\/api\.example\.com/g, '');
    await seen({ body: WHOLE, policy }, 'error', /Content Security Policy|could not be reached/);
  });

  test('would be missed: without its own policies, Trusted Types stop the widget', async () => {
    const policy = "require-trusted-types-for 'script'; trusted-types of-others";
    const { page, complaints, close } = await show({ body: WHOLE, policy });
    await page.waitForFunction(() => document.readyState === 'complete');
    while (complaints.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(complaints.join('\n'), /trusted-types|TrustedTypePolicy/i);
    await close();
  });
});

/** Asserts what becomes of a page, and that nothing but what is expected is complained about. */
async function seen(options: Show, state: string, complaint?: RegExp, selector?: string): Promise<void> {
  const { page, complaints, close } = await show(options);
  try {
    await reaches(page, state);
    if (selector !== undefined) await page.waitForSelector(selector);
    const others = complaints.filter(
      (one) => !complaint?.test(one) && !(complaint && one.includes('Failed to load')),
    );
    assert.deepEqual(others, []);
    if (complaint) assert.match(complaints.join('\n'), complaint);
  } finally {
    await close();
  }
}

function exchange(method: string): Promise<Response> {
  const origin = 'https://shop.example.com';
  const handle = createExchange({
    apps: [{ clientId: 'an-app', clientSecret: 'synthetic-client-secret-of-an-app-0123456789abcdef' }],
    storeHashes: ['abc123'],
    allowedOrigins: [origin],
    load: () => ({}),
  });
  const preflight = {
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  };
  const headers = { origin, ...(method === 'OPTIONS' && preflight) };
  return handle(new Request('https://api.example.com/rewards', { method, headers }));
}
