// Looks for a token wherever a page could leave one, but for the memory, which heap.ts looks through.
import type { Page } from 'puppeteer-core';
import type { Visit } from './storefront.js';

/** Before any script of the page: keeps what events and the console carried, as a script of the store could. */
export async function listenIn(page: Page): Promise<void> {
  // The tests are compiled with names kept, which leaves calls of this in functions that run in the page.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  await page.evaluateOnNewDocument(() => {
    const overheard: string[] = ((window as unknown as { overheard: string[] }).overheard = []);
    const keep = (value: unknown) => {
      try {
        overheard.push(typeof value === 'string' ? value : JSON.stringify(value), String(value));
      } catch {
        overheard.push(String(value));
      }
    };
    for (const name of ['load', 'guest', 'error', 'change', 'action']) {
      addEventListener(`bc-customer-${name}`, (event) => {
        const { detail } = event as CustomEvent<{ error?: Error } | null>;
        keep(detail);
        if (detail?.error) keep([detail.error.message, detail.error.stack, String(detail.error.cause)]);
      });
    }
    addEventListener('error', ({ message }) => {
      keep(message);
    });
    addEventListener('unhandledrejection', ({ reason }) => {
      keep(reason);
    });
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const real = console[name].bind(console);
      console[name] = (...words: unknown[]) => {
        words.forEach(keep);
        real(...words);
      };
    }
  });
}

/** The places that hold a token. None should. */
export async function placesWithToken(page: Page, visit?: Pick<Visit, 'requests'>): Promise<string[]> {
  const places = await page.evaluate(async () => {
    const parts: Record<string, string> = {
      'local storage': JSON.stringify(Object.entries(localStorage)),
      'session storage': JSON.stringify(Object.entries(sessionStorage)),
      cookies: document.cookie,
      address: location.href,
      history: JSON.stringify(history.state),
      'window name': window.name,
      'performance entries': JSON.stringify(performance.getEntries()),
      'events and console': (window as unknown as { overheard?: string[] }).overheard?.join('\n') ?? '',
      'regular expressions': Object.entries(RegExp).join() + (RegExp as unknown as { input: string }).input,
      'global variables': '',
      page: '',
    };
    const read = (root: Document | ShadowRoot): string => {
      const nodes = [...root.querySelectorAll('*')];
      const own = 'documentElement' in root ? root.documentElement.outerHTML : root.innerHTML;
      const values = nodes.map((node) => ('value' in node ? String(node.value) : ''));
      const shadows = nodes.map(({ shadowRoot }) => (shadowRoot ? read(shadowRoot) : ''));
      const templates = nodes.map((node) =>
        node instanceof HTMLTemplateElement ? node.content.textContent : '',
      );
      return [own, ...values, ...shadows, ...templates].join('\n');
    };
    parts.page = read(document);
    for (const name of Object.getOwnPropertyNames(window)) {
      const value = (window as unknown as Record<string, unknown>)[name];
      if (typeof value === 'string') parts['global variables'] = `${parts['global variables'] ?? ''}${value}`;
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = reject;
      });
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown[]>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => {
            resolve(request.result as unknown[]);
          };
          request.onerror = reject;
        });
        parts.IndexedDB = (parts.IndexedDB ?? '') + JSON.stringify(all);
      }
      database.close();
    }
    for (const name of 'caches' in window ? await caches.keys() : []) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const body = await (await cache.match(request))!.text();
        parts['Cache API'] = (parts['Cache API'] ?? '') + request.url + body;
      }
    }
    return Object.entries(parts)
      .filter(([, text]) => text.includes('eyJ'))
      .map(([place]) => place);
  });
  const urls = visit?.requests.filter((request) => request.url().includes('eyJ')) ?? [];
  return urls.length > 0 ? [...places, 'request URLs'] : places;
}
