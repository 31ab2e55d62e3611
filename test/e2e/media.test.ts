// Forced colours and paper: what is seen there of the widget, and what is not.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openShop } from '../support/shop.js';
import { visit } from '../support/storefront.js';

const { browser, store } = await openShop();

/** The gallery in one look, its widgets settled, as a medium shows it. */
async function gallery(
  test: TestContext,
  medium: { media?: string; features?: { name: string; value: string }[] },
  theme = 'light',
): Promise<Page> {
  const { page, close } = await visit(browser);
  test.after(close);
  // Not puppeteer's own function, which knows of no forced colours.
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', medium);
  await page.goto(`${store.url}/gallery?theme=${theme}&direction=ltr`);
  for (const state of ['ready', 'error', 'guest', 'loading']) {
    await page.waitForSelector(`bc-customer-widget[state=${state}]`);
  }
  return page;
}

/** Values of a style, of the first such node in the widget with the heading. */
const styleOf = (page: Page, heading: string, selector: string, properties: string[]) =>
  page.$eval(
    `bc-customer-widget[heading^="${heading} ("]`,
    (widget, wanted, names) => {
      const style = getComputedStyle(widget.shadowRoot!.querySelector(wanted)!);
      return names.map((name) => style.getPropertyValue(name));
    },
    selector,
    properties,
  );

for (const theme of ['light', 'dark']) {
  describe(`in forced colours, ${theme}`, () => {
    it('the skeleton, the box and the buttons stand out', async (test) => {
      const features = [{ name: 'forced-colors', value: 'active' }];
      const page = await gallery(test, { features }, theme);
      const [surface, border] = await styleOf(page, 'loading', 'section', [
        'background-color',
        'border-top-color',
      ]);
      const [bar] = await styleOf(page, 'loading', 'i', ['background-color']);
      assert.notEqual(bar, surface);
      assert.notEqual(border, surface);
      for (const [heading, selector] of [
        ['card', 'button[part=action]'],
        ['card', 'a[part=action]'],
        ['error', '[part=retry]'],
      ] as const) {
        const seen = await styleOf(page, heading, selector, [
          'color',
          'border-top-color',
          'border-top-width',
        ]);
        assert.ok(seen[0] !== surface && seen[1] !== surface && seen[2] === '1px', selector);
      }

      await page.$eval('bc-customer-widget[heading^="loading ("]', (widget) => {
        widget.shadowRoot!.querySelector('i')!.style.forcedColorAdjust = 'auto';
      });
      const [plain] = await styleOf(page, 'loading', 'i', ['background-color']);
      assert.equal(plain, surface, 'the control: the browser would paint the skeleton over');
    });
  });
}

describe('on paper', () => {
  const displays = async (page: Page) =>
    Promise.all(
      [
        ['loading', '[part=skeleton]'],
        ['card', 'button[part=action]'],
        ['error', '[part=retry]'],
        ['card', 'a[part=action]'],
        ['card', '[part=facts]'],
        ['error', '[part=message]'],
      ].map(async ([heading = '', selector = '']) => {
        const [display] = await styleOf(page, heading, selector, ['display']);
        return `${selector}: ${display === 'none' ? 'gone' : 'there'}`;
      }),
    );

  it('is the data, without the skeleton and without what nobody can press', async (test) => {
    assert.deepEqual(await displays(await gallery(test, { media: 'print' })), [
      '[part=skeleton]: gone',
      'button[part=action]: gone',
      '[part=retry]: gone',
      'a[part=action]: there',
      '[part=facts]: there',
      '[part=message]: there',
    ]);
  });

  it('the control: on a screen all of it is there', async (test) => {
    const all = await displays(await gallery(test, { media: 'screen' }));
    assert.ok(all.every((line) => line.endsWith('there')));
  });
});
