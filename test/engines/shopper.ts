// A shopper with a browser of their own, in any engine.
import assert from 'node:assert/strict';
import { engines, type Engine } from '../support/engines.js';
import { openWindow, type BrowserWindow } from '../support/window.js';

/** The engines that this run is for. */
export const inEngines = engines.filter((engine) =>
  (process.env.ENGINES ?? 'chromium').split(',').includes(engine),
);

export interface Shopper extends BrowserWindow {
  /** Waits until a function in the page says yes, through any navigation. */
  until: BrowserWindow['evaluate'];
  signIn: (storeUrl: string, email: string) => Promise<void>;
  /** The widget's text, once it is in the state. */
  widgetText: (state: string) => Promise<string>;
}

export async function arrive(engine: Engine): Promise<Shopper> {
  const window = await openWindow(engine);
  const until: Shopper['until'] = async (condition, ...values) => {
    const deadline = Date.now() + 15_000;
    for (;;) {
      // While a page goes and the next one comes, there is none to ask.
      const answer = await window.evaluate(condition, ...values).catch(() => undefined);
      if (answer) return answer;
      assert.ok(Date.now() < deadline, `It never came to this: ${String(condition)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    ...window,
    until,
    async signIn(storeUrl, email) {
      await window.goTo(`${storeUrl}/login.php`);
      await window.evaluate((address) => {
        const fields = document.querySelector<HTMLInputElement>('[name=login_email]')!.form!.elements;
        (fields.namedItem('login_email') as HTMLInputElement).value = address;
        (fields.namedItem('login_pass') as HTMLInputElement).value = 'demo';
        document.querySelector<HTMLInputElement>('[name=login_email]')!.form!.requestSubmit();
      }, email);
      await until(() => location.pathname === '/account.php');
    },
    widgetText: (state) =>
      until((wanted) => {
        const widget = document.querySelector('bc-customer-widget');
        if (widget?.getAttribute('state') !== wanted) return undefined;
        // Never empty: that would be an answer like none.
        return `: ${widget.shadowRoot!.querySelector('section')?.textContent.replace(/\s+/g, ' ').trim() ?? ''}`;
      }, state) as Promise<string>,
  };
}
