// A page as strict as pages get: nothing is allowed that the widget does not need, and Trusted Types are enforced.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createAdaptorServer } from '@hono/node-server';
import { createEmulator } from 'bc-customer-widget/emulator';
import { Hono } from 'hono';
import type { Browser, Page } from 'puppeteer-core';
import { startBackend } from '../support/backend.js';
import { app as credentials } from '../support/store.js';
import { launchBrowser, visit } from '../support/storefront.js';
import { tokenOf } from '../support/token-endpoint.js';

const NONCE = 'c3RyaWN0';

const data = {
  heading: 'Rewards',
  text: '<img src=x onerror=alert(1)>',
  facts: [{ label: 'Points', value: 1240, format: 'number' }],
  items: [{ title: 'Tea', href: '/tea', image: '/picture.svg', meta: '$21.00' }],
  actions: [
    { label: 'Greet', href: '/customer/actions/greet', method: 'POST', confirm: 'Shall we?' },
    { label: 'More', href: '/more' },
  ],
  orders: [
    { id: 1, url: '/1', picture: '/picture.svg', lines: [{ title: 'Tea' }, { title: 'Cup' }] },
    { id: 2, url: 'javascript:alert(1)', picture: 'data:text/html,x', lines: [] },
  ],
  bought: [106, 101],
};

const template = `<template>
  <ul><li data-bc-each="orders" data-bc-key="id">
    <a data-bc-href="url" data-bc-text="id"></a><img data-bc-src="picture" data-bc-alt="url">
    <b data-bc-each="lines" data-bc-text="title"></b>
  </li></ul>
  <p data-bc-text="text"></p>
  <button data-bc-action="/customer/actions/greet" data-bc-confirm="Shall we?">Greet</button>
</template>`;

/** Has what this page has not: product pages and their pictures. */
const store = createEmulator({ themeDir: 'example-theme' });

let browser: Browser;
let backend: Awaited<ReturnType<typeof startBackend>>;
before(async () => {
  [browser, backend] = await Promise.all([launchBrowser(), startBackend()]);
});
after(() => Promise.all([browser.close(), backend.close()]));

/** A visitor on a page with one widget; `policies` are the names that Trusted Types may have. */
async function open(test: TestContext, content: string, policies = 'lit-html') {
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${NONCE}'`,
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${backend.url}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${policies}`,
  ].join('; ');
  const address = `${backend.url}/echo?json=${encodeURIComponent(JSON.stringify(data))}`;
  const site = new Hono()
    .get('/', (context) =>
      context.html(
        `<!doctype html><html lang="en"><title>Strict</title><link rel="stylesheet" href="/page.css"><body>
        <bc-customer-widget app-client-id="${credentials.clientId}" token-url="/token" accent="#1f6f5c"
          backend-url="${address.replaceAll('"', '&quot;')}">${content}</bc-customer-widget>
        <script type="module" nonce="${NONCE}" src="/bc-customer-widget.min.js"></script>
        <script nonce="${NONCE}">globalThis.mayRun = true</script>`,
        200,
        { 'content-security-policy': policy },
      ),
    )
    .get('/token', async (context) => context.text(await tokenOf(1)))
    .get('/page.css', (context) =>
      context.body('bc-customer-widget{display:block}', 200, { 'content-type': 'text/css' }),
    )
    .get('/picture.svg', (context) =>
      context.body('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 200, {
        'content-type': 'image/svg+xml',
      }),
    )
    .get('/:part{bc-customer-widget.*\\.min\\.js}', async (context) =>
      context.body(await readFile(`dist/${context.req.param('part')}`, 'utf8'), 200, {
        'content-type': 'text/javascript',
      }),
    )
    .get('/favicon.ico', (context) => context.body(null, 204))
    .notFound((context) => store.fetch(context.req.raw));
  const server = createAdaptorServer(site).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { page, complaints, close } = await visit(browser);
  test.after(async () => {
    await close();
    server.close();
  });
  await page.evaluateOnNewDocument(() => {
    const reports: string[] = [];
    Object.assign(globalThis, { reports });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      reports.push(`${violatedDirective}: ${blockedURI}`);
    });
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return { page, complaints };
}

const reports = (page: Page) =>
  page.evaluate(async () => {
    // A report is an event of its own, a task later.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return (globalThis as unknown as { reports: string[] }).reports;
  });

/** Presses what asks first, and says yes. */
async function greet(page: Page, control: string): Promise<void> {
  await page.click(control);
  // `visible` looks again at each frame; without it, a wait does not hear of changes in a shadow root.
  await page.waitForSelector('bc-customer-widget >>> dialog[open]', { visible: true });
  const [no, yes] = await page.$$eval('bc-customer-widget >>> dialog button', (all) =>
    all.map((button) => getComputedStyle(button).backgroundColor),
  );
  assert.notEqual(yes, no, 'the styles have come: yes stands out');
  await page.click('bc-customer-widget >>> dialog button.primary');
}

describe('under a strict policy with Trusted Types', () => {
  it('the card shows itself, asks in its dialog and acts, without one report', async (test) => {
    const { page, complaints } = await open(test, '<p slot="empty">Nothing.</p>');
    const widget = await page.waitForSelector('bc-customer-widget[state=ready]');
    assert.ok(widget);
    const shown = await widget.evaluate(({ shadowRoot }) => ({
      text: shadowRoot!.querySelector('[part=card]')!.textContent.replace(/\s+/g, ' '),
      // From the styles of the element itself, and of its parts.
      display: getComputedStyle(shadowRoot!.querySelector('[part=facts]')!).display,
      picture: shadowRoot!.querySelector('img')!.getAttribute('src'),
      accent: getComputedStyle(shadowRoot!.querySelector('.button')!).color,
    }));
    assert.match(shown.text, /Rewards.*<img src=x onerror=alert\(1\)>.*1,240.*Tea.*Greet.*More/);
    assert.equal(shown.display, 'grid');
    assert.equal(shown.picture, '/picture.svg');
    assert.equal(shown.accent, 'rgb(31, 111, 92)');
    await greet(page, 'bc-customer-widget >>> button[part=action]');
    await page.waitForSelector('bc-customer-widget >>> ::-p-text(Greeted 1)', { visible: true });
    assert.deepEqual(await reports(page), []);
    assert.deepEqual(complaints, []);
  });

  it('a template with nested lists, links, pictures and an action works, without one report', async (test) => {
    const { page, complaints } = await open(test, template);
    await page.waitForSelector('bc-customer-widget[state=ready]');
    const rows = await page.$$eval('[slot=content] li', (all) =>
      all.map((row) => [
        row.textContent.replace(/\s+/g, ' ').trim(),
        row.querySelector('a')!.getAttribute('href'),
        row.querySelector('img')!.getAttribute('src'),
      ]),
    );
    assert.deepEqual(rows, [
      ['1 TeaCup', '/1', '/picture.svg'],
      ['2', null, null],
    ]);
    await greet(page, '[slot=content] button');
    await page.waitForSelector('[slot=content] ::-p-text(Greeted 1)', { visible: true });
    assert.deepEqual(await reports(page), []);
    assert.deepEqual(complaints, []);
  });

  it('the theme’s product cards need a policy name of their own', async (test) => {
    const grid = '<template><p>Bought</p><div data-bc-products="bought"></div></template>';
    const strict = await open(test, grid, 'lit-html bc-customer-widget');
    for (const id of [101, 106]) {
      await strict.page.waitForSelector(`[data-bc-product="${id}"] article`, { visible: true });
    }
    const cards = await strict.page.$$eval('[data-bc-product] article', (all) =>
      all.map((card) => card.dataset.entityId),
    );
    assert.deepEqual(cards, ['106', '101']);
    assert.deepEqual(await reports(strict.page), []);
    assert.deepEqual(strict.complaints, []);

    const control = await open(test, grid);
    await control.page.waitForSelector('[slot=content] ::-p-text(Bought)', { visible: true });
    while (control.complaints.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(control.complaints.join(), /bc-customer-widget.*trusted-types/s);
    assert.deepEqual(await control.page.$$('[data-bc-product] article'), []);
  });

  it('a page that loads Lit twice needs allow-duplicates; without it the second copy stops, and the first works', async (test) => {
    const again = `<script type="module" nonce="${NONCE}" src="/bc-customer-widget.min.js?again"></script>`;
    const lenient = await open(test, again, "lit-html 'allow-duplicates'");
    await lenient.page.waitForSelector('bc-customer-widget[state=ready]');
    assert.deepEqual(await reports(lenient.page), []);
    assert.deepEqual(lenient.complaints, []);

    const control = await open(test, again);
    await control.page.waitForSelector('bc-customer-widget[state=ready]');
    while (control.complaints.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(control.complaints.join(), /lit-html/);
  });

  it('the control: what is not allowed is reported on the same page', async (test) => {
    const inline = '<script>globalThis.mayRun = "no"</script><p style="color: red"></p>';
    const { page, complaints } = await open(test, inline);
    await page.waitForSelector('bc-customer-widget[state=ready]');
    const markup = page.$eval('p', (paragraph) => (paragraph.innerHTML = '<b>'));
    await assert.rejects(markup, /TrustedHTML/);
    assert.equal(await page.evaluate(() => (globalThis as unknown as { mayRun: unknown }).mayRun), true);
    assert.deepEqual((await reports(page)).sort(), [
      'require-trusted-types-for: trusted-types-sink',
      'script-src-elem: inline',
      'style-src-attr: inline',
    ]);
    assert.ok(complaints.length >= 2);
  });

  it('the control: without its policy’s name, Lit cannot work, and the page says so', async (test) => {
    const { page, complaints } = await open(test, '', 'of-others');
    while (complaints.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match((await reports(page)).join(), /trusted-types/);
    assert.match(complaints.join(), /lit-html/);
    assert.equal(await page.$('bc-customer-widget[state]'), null);
  });
});
