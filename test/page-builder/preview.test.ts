// What a merchant sees in the editor: sample data in the chosen look, and no request for anybody's data.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Frame } from 'puppeteer-core';
import { openShop } from '../support/shop.js';
import { signIn, visit, type Visit } from '../support/storefront.js';

const WIDGET = '[data-widget-id] bc-customer-widget';

const { browser, store } = await openShop();
let visitor: Visit;
beforeEach(async () => {
  visitor = await visit(browser, 1280);
});
afterEach(() => visitor.close());

async function openEditor(): Promise<Frame> {
  await visitor.page.goto(`${store.url}/page-builder`);
  const element = await visitor.page.waitForSelector('#frame');
  const frame = (await element!.contentFrame())!;
  await frame.waitForFunction(
    (selector) => document.querySelector(selector)?.shadowRoot?.querySelector('[part=preview]'),
    {},
    WIDGET,
  );
  return frame;
}

const openTab = (index: number) => visitor.page.click(`[role=tab]:nth-child(${index})`);

/** Types a value and waits until the widget that has it has drawn itself. */
async function set(frame: Frame, name: string, value: string): Promise<void> {
  const before = await frame.$(WIDGET);
  await visitor.page.$eval(
    `#settings [name=${name}]`,
    (element, text) => {
      (element as HTMLInputElement).value = text;
      element.dispatchEvent(new Event('input', { bubbles: true }));
    },
    value,
  );
  await frame.waitForFunction(
    (selector, old) => {
      const now = document.querySelector(selector);
      return now !== old && now?.shadowRoot?.querySelector('[part=preview]');
    },
    {},
    WIDGET,
    before,
  );
}

const textOf = (frame: Frame, selector = 'section') =>
  frame.$eval(
    WIDGET,
    (widget, inside) => widget.shadowRoot!.querySelector(inside)?.textContent.trim().replace(/\s+/g, ' '),
    selector,
  );

/** Requests for somebody's data. */
const dataRequests = () =>
  visitor.requests
    .map((request) => request.url())
    .filter((url) => url.includes('/current.jwt') || url.startsWith(store.backendUrl));

suite('in the editor', () => {
  test('the widget shows sample data the moment it is dropped, marked as a preview', async () => {
    const frame = await openEditor();
    assert.match((await textOf(frame))!, /Just for you.*Points\s*1,240/);
    assert.match((await textOf(frame, '[part=preview]'))!, /^Preview/);
    assert.deepEqual(visitor.complaints, []);
  });

  test('no setting makes it ask for data, and nobody needs to be signed in', async () => {
    const frame = await openEditor();
    await visitor.page.click('#sample');
    for (const [tab, changes] of [
      [1, { heading: 'Hi', loading: 'lazy', guest: 'hide', backendUrl: '/rewards' }],
      [
        2,
        { variant: 'plain', accentSource: 'custom', accent: '#ff0000', corner: 'round', density: 'compact' },
      ],
    ] as [number, Record<string, string>][]) {
      await openTab(tab);
      for (const [name, value] of Object.entries(changes)) await set(frame, name, value);
    }
    assert.deepEqual(dataRequests(), []);
    // The control: the same settings on the storefront do ask.
    await visitor.page.select('[name=as]', 'guest');
    const asked = () => dataRequests().length > 0;
    await visitor.page.waitForResponse((response) => response.url().includes('/current.jwt'));
    assert.ok(asked());
  });

  test('it shows no real data, even to a merchant who is signed in as a shopper', async () => {
    await signIn(visitor.page, store.url, 'ada@example.com');
    visitor.requests.length = 0;
    const draft = JSON.stringify({ region: 'home_below_hero', isEditorMode: true, configuration: {} });
    await visitor.page.goto(`${store.url}/page-builder/frame?${new URLSearchParams({ draft }).toString()}`);
    await visitor.page.waitForFunction(
      (selector) => document.querySelector(selector)?.shadowRoot?.querySelector('[part=preview]'),
      {},
      WIDGET,
    );
    const text = await textOf(visitor.page.mainFrame());
    assert.ok(!text!.includes('Tea sampler'));
  });

  for (const [what, settings, expected] of [
    ['no client ID', {}, /enter the client ID of your app/],
    ['no address', { appClientId: 'app-1' }, /enter the address of your backend/],
    [
      'an address in the clear',
      { appClientId: 'app-1', backendUrl: 'http://api.example.com' },
      /must start with https/,
    ],
    [
      'a script for an address',
      { appClientId: 'app-1', backendUrl: 'javascript:alert(1)' },
      /must start with https/,
    ],
  ] as [string, Record<string, string>, RegExp][]) {
    test(`it explains ${what} to the merchant, in place`, async () => {
      const frame = await openEditor();
      for (const [name, value] of Object.entries(settings)) await set(frame, name, value);
      assert.match((await textOf(frame, '[part=preview]'))!, expected);
      // The sample stays.
      assert.match((await textOf(frame))!, /1,240/);
    });
  }

  test('it has nothing to explain once both are there', async () => {
    const frame = await openEditor();
    await set(frame, 'appClientId', 'app-1');
    await set(frame, 'backendUrl', 'https://api.example.com/rewards');
    assert.equal(await textOf(frame, '[part=preview]'), 'Preview with sample data');
  });

  test('each choice of the look shows', async () => {
    const frame = await openEditor();
    const look = () =>
      frame.$eval(WIDGET, (widget) => {
        const card = widget.shadowRoot!.querySelector('[part=card]')!;
        const { borderTopWidth, borderTopLeftRadius, paddingTop } = getComputedStyle(card);
        const { color } = getComputedStyle(widget.shadowRoot!.querySelector('[part=action]')!);
        return { borderTopWidth, borderTopLeftRadius, paddingTop, color };
      });
    await openTab(2);
    const first = await look();
    await set(frame, 'variant', 'plain');
    assert.notDeepEqual(await look(), first);
    await set(frame, 'variant', 'card');
    assert.deepEqual(await look(), first);
    await set(frame, 'corner', 'square');
    assert.equal((await look()).borderTopLeftRadius, '0px');
    await set(frame, 'corner', 'round');
    assert.ok(parseFloat((await look()).borderTopLeftRadius) > parseFloat(first.borderTopLeftRadius));
    await set(frame, 'density', 'compact');
    assert.ok(parseFloat((await look()).paddingTop) < parseFloat(first.paddingTop));
    await set(frame, 'accentSource', 'custom');
    await set(frame, 'accent', '#b00020');
    assert.equal((await look()).color, 'rgb(176, 0, 32)');
    await set(frame, 'accentSource', 'theme');
    assert.equal((await look()).color, first.color);
  });

  test('a change of a setting leaves no empty frame behind', async () => {
    const frame = await openEditor();
    await frame.evaluate((selector) => {
      const heights: number[] = [];
      Object.assign(window, { heights });
      new MutationObserver((records) => {
        if (!records.some(({ addedNodes }) => addedNodes.length > 0)) return;
        // The last moment before the browser paints.
        requestAnimationFrame(() => heights.push(document.querySelector(selector)?.clientHeight ?? 0));
      }).observe(document.body, { childList: true, subtree: true });
    }, WIDGET);
    const height = await frame.$eval(WIDGET, (widget) => widget.clientHeight);
    for (const heading of ['One', 'Two', 'Three']) await set(frame, 'heading', heading);
    const heights = await frame.evaluate(() => (window as unknown as { heights: number[] }).heights);
    assert.ok(heights.length >= 3);
    assert.deepEqual([...new Set(heights)], [height]);
  });

  test('three widgets, one in a region that is written anew, all show the sample', async () => {
    const frame = await openEditor();
    await frame.evaluate(() => {
      const box = document.querySelector('[data-widget-id]')!;
      box.after(box.cloneNode(true));
      const region = document.querySelector('[data-content-region]')!;
      region.innerHTML += box.outerHTML;
    });
    await frame.waitForFunction(
      () =>
        [...document.querySelectorAll('[data-widget-id] bc-customer-widget')].filter((widget) =>
          widget.shadowRoot?.querySelector('[part=facts]'),
        ).length === 3,
    );
    assert.deepEqual(dataRequests(), []);
  });
});

suite('what a merchant types', () => {
  test('cannot become style or script, whatever the setting', async () => {
    const frame = await openEditor();
    const hostile = 'red;background:url(https://evil.example/x)"><script>alert(1)</script>{{appClientId}}';
    await set(frame, 'heading', hostile);
    assert.equal(await textOf(frame, '[part=heading]'), hostile);
    for (const accent of [
      'red;background:url(https://evil.example/x)',
      'url(https://evil.example/x)',
      'var(--x)',
    ]) {
      const query = new URLSearchParams({
        draft: JSON.stringify({
          region: 'home_below_hero',
          isEditorMode: true,
          configuration: { accentSource: 'custom', accent, variant: accent, corner: accent, density: accent },
        }),
      });
      await visitor.page.goto(`${store.url}/page-builder/frame?${query.toString()}`);
      await visitor.page.waitForFunction(
        (selector) => document.querySelector(selector)?.shadowRoot?.querySelector('[part=preview]'),
        {},
        WIDGET,
      );
    }
    assert.ok(!visitor.requests.some((request) => new URL(request.url()).hostname === 'evil.example'));
    assert.deepEqual(visitor.complaints, []);
  });
});
