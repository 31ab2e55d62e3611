// Live updates from the loyalty example, and from a server that misbehaves.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { Page } from 'puppeteer-core';
import { WebSocketServer, type WebSocket } from 'ws';
import { sampleStore } from 'bc-customer-widget/emulator';
import { verifyCurrentCustomer } from 'bc-customer-widget/server';
import { openShop } from '../support/shop.js';
import { signIn, visit, type Visit } from '../support/storefront.js';

const { browser, store } = await openShop();
const app = sampleStore.apps[0]!;

/** Ada on her account page, with a widget that follows the address. */
async function arrive(test: TestContext, liveUrl: string): Promise<Visit> {
  const visitor = await visit(browser);
  test.after(() => visitor.close());
  const { page } = visitor;
  await page.setBypassCSP(true);
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  await signIn(page, store.url, 'ada@example.com');
  await page.waitForSelector('bc-customer-widget[state=ready]');
  await page.$eval(
    'bc-customer-widget',
    (widget, url) => {
      widget.setAttribute('live-url', url);
    },
    liveUrl,
  );
  return visitor;
}

const shows = (page: Page, words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('bc-customer-widget')?.shadowRoot?.textContent.includes(wanted),
    { timeout: 8000 },
    words,
  );

interface LiveServer {
  url: string;
  /** First messages, in order. */
  greetings: { type: string; token: string }[];
  addresses: string[];
}

/** A live server that does what the test says once it has been told who is there. */
async function startLive(
  test: TestContext,
  answer: (socket: WebSocket, count: number) => void,
): Promise<LiveServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  test.after(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  const live: LiveServer = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/live`,
    greetings: [],
    addresses: [],
  };
  server.on('connection', (socket, request) => {
    live.addresses.push(request.url ?? '');
    socket.once('message', (bytes: Buffer) => {
      live.greetings.push(JSON.parse(bytes.toString()) as LiveServer['greetings'][number]);
      answer(socket, live.greetings.length);
    });
  });
  return live;
}

const send = (socket: WebSocket, customerId: number, text: string) => {
  socket.send(JSON.stringify({ type: 'data', customerId, data: { text } }));
};

describe('live updates', () => {
  it('show a new balance without a request, in every tab of the customer', async (test) => {
    const liveUrl = `${new URL(store.backendUrl).origin.replace('http', 'ws')}/live`;
    const { page } = await arrive(test, liveUrl);
    await shows(page, '1,240');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const token = await (
      await fetch(`${store.url}/customer/current.jwt?app_client_id=${app.clientId}`, {
        headers: {
          cookie: (await page.browserContext().cookies())
            .map(({ name, value }) => `${name}=${value}`)
            .join('; '),
        },
      })
    ).text();
    const redeemed = await fetch(`${store.backendUrl}/actions/redeem`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'key-of-the-live-test' },
    });
    assert.equal(redeemed.status, 200);
    await shows(page, '1,140');
  });

  it('authenticate with a good token in the first message, and with nothing in the address', async (test) => {
    const live = await startLive(test, (socket) => {
      send(socket, 1, 'pushed');
    });
    const { page } = await arrive(test, live.url);
    await shows(page, 'pushed');
    const [greeting] = live.greetings;
    assert.equal(greeting?.type, 'authenticate');
    const options = { ...app, storeHashes: [sampleStore.storeHash] };
    assert.equal((await verifyCurrentCustomer(greeting.token, options)).customerId, 1);
    assert.deepEqual(live.addresses, ['/live']);
  });

  it('never show a message for another customer', async (test) => {
    const live = await startLive(test, (socket, count) => {
      send(socket, count === 1 ? 2 : 1, count === 1 ? 'for Grace only' : 'for Ada');
    });
    const { page } = await arrive(test, live.url);
    const seen = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const root = document.querySelector('bc-customer-widget')!.shadowRoot!;
          let all = '';
          new MutationObserver(() => {
            all += root.textContent;
            if (all.includes('for Ada')) resolve(all);
          }).observe(root, { childList: true, subtree: true, characterData: true });
        }),
    );
    assert.doesNotMatch(await seen, /Grace/);
    assert.equal(live.greetings.length, 2);
  });

  it('come back with a fresh token after the connection was lost', async (test) => {
    const live = await startLive(test, (socket, count) => {
      send(socket, 1, `connection ${count}`);
      if (count === 1)
        setTimeout(() => {
          socket.terminate();
        }, 100);
    });
    const visitor = await arrive(test, live.url);
    await shows(visitor.page, 'connection 2');
    const tokens = visitor.requests.filter((request) => request.url().includes('current.jwt'));
    // Load, load with the attribute, and one for each connection.
    assert.equal(tokens.length, 4);
  });

  it('end with 4401: the data is wiped, and found out anew', async (test) => {
    const live = await startLive(test, (socket, count) => {
      send(socket, 1, `connection ${count}`);
      if (count === 1)
        setTimeout(() => {
          socket.close(4401);
        }, 100);
    });
    const { page } = await arrive(test, live.url);
    await shows(page, 'connection 1');
    await page.evaluate(() => fetch('/login.php?action=logout'));
    await page.waitForSelector('bc-customer-widget[state=guest]', { timeout: 8000 });
    assert.equal(live.greetings.length, 1);
  });

  it('are not asked for again by a page that is refused at once', async (test) => {
    const live = await startLive(test, (socket) => {
      socket.close(4401);
    });
    const { page } = await arrive(test, live.url);
    while (live.greetings.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(live.greetings.length, 1);
    await shows(page, '1,');
  });

  it('stop while the page is hidden, and when the widget is gone', async (test) => {
    const closed: number[] = [];
    const live = await startLive(test, (socket, count) => {
      socket.on('close', () => closed.push(count));
      send(socket, 1, `connection ${count}`);
    });
    const { page } = await arrive(test, live.url);
    await shows(page, 'connection 1');
    const hide = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await hide(true);
    while (closed.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    await hide(false);
    await shows(page, 'connection 2');
    await page.$eval('bc-customer-widget', (widget) => {
      widget.remove();
    });
    while (closed.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(closed, [1, 2]);
  });

  it('take nothing but objects for data', async (test) => {
    const live = await startLive(test, (socket) => {
      for (const junk of [
        '',
        'null',
        '[]',
        '{',
        '{"type":"data","customerId":1,"data":[1]}',
        '{"type":"data"}',
      ]) {
        socket.send(junk);
      }
      send(socket, 1, 'the end');
    });
    const { page, complaints } = await arrive(test, live.url);
    await shows(page, 'the end');
    assert.deepEqual(complaints, []);
  });

  for (const liveUrl of ['ws://example.com/live', 'https://example.com/live', '/live']) {
    it(`are refused for ${liveUrl}, with a sentence; the data is shown all the same`, async (test) => {
      const { page, complaints } = await arrive(test, liveUrl);
      await shows(page, '1,');
      while (complaints.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.match(complaints.join(), /live-url must start with wss:/);
    });
  }
});
