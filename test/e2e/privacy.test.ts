// The search for tokens that the resilience table ends each row with does find one, wherever a page could leave it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { openStage, type Stage } from '../support/fault-stage.js';
import { launchBrowser } from '../support/storefront.js';

/** Looks like a token, and is none. */
const LOOKALIKE = 'eyJhbGciOiJIUzUxMiJ9.e30.c2ln';

let browser: Browser;
let stage: Stage;
before(async () => {
  browser = await launchBrowser();
  stage = await openStage(browser);
});
after(async () => {
  await stage.close();
  await browser.close();
});

describe('the search for tokens finds one', () => {
  const controls: [place: string, leave: (token: string) => unknown][] = [
    ['local storage', (token) => (localStorage.kept = token)],
    ['session storage', (token) => (sessionStorage.kept = token)],
    ['cookies', (token) => (document.cookie = `kept=${token}`)],
    [
      'history',
      (token) => {
        history.replaceState({ token }, '');
      },
    ],
    [
      'address',
      (token) => {
        history.replaceState(null, '', `#${token}`);
      },
    ],
    ['window name', (token) => (window.name = token)],
    ['global variables', (token) => Object.assign(window, { kept: token })],
    ['regular expressions', (token) => /^ey(.*)/.exec(token)],
    [
      'events and console',
      (token) => {
        console.info({ token });
      },
    ],
    [
      'events and console',
      (token) => dispatchEvent(new CustomEvent('bc-customer-error', { detail: { error: new Error(token) } })),
    ],
    [
      'performance entries',
      async (token) => {
        await (await fetch(`/?token=${token}`)).text();
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    ],
    [
      'page',
      (token) => {
        document.body.setAttribute('data-token', token);
      },
    ],
    [
      'page',
      (token) => {
        document.querySelector('bc-customer-widget')!.shadowRoot!.append(token);
      },
    ],
    [
      'page',
      (token) => {
        document.body.append(Object.assign(document.createElement('input'), { value: token }));
      },
    ],
    [
      'IndexedDB',
      (token) =>
        new Promise((resolve) => {
          const request = indexedDB.open('kept', 1);
          request.onupgradeneeded = () => {
            request.result.createObjectStore('kept').add(token, 1);
          };
          request.onsuccess = () => {
            request.result.close();
            resolve(undefined);
          };
        }),
    ],
    ['Cache API', async (token) => (await caches.open('kept')).put('/kept', new Response(token))],
  ];
  for (const [place, leave] of controls) {
    it(`in ${place}: ${leave.toString().replace(/\s+/g, ' ').slice(0, 60)}`, async (test) => {
      await stage.place();
      await stage.settle();
      assert.deepEqual(await stage.places(), []);
      test.after(cleanUp);
      await stage.page.evaluate(leave, LOOKALIKE);
      const places = await stage.places();
      assert.ok(places.includes(place), `found in ${places.join(', ') || 'no place'}`);
    });
  }
});

/** A context of its own would cost a sign-in for each control. */
async function cleanUp(): Promise<void> {
  await stage.page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    document.cookie = 'kept=; max-age=0';
    window.name = '';
    history.replaceState(null, '', '/account.php');
    indexedDB.deleteDatabase('kept');
    if (await caches.has('kept')) await caches.delete('kept');
  });
  stage.visitor.requests.length = 0;
  await stage.page.goto(`${stage.store.url}/account.php`);
}
