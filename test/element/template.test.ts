import { expect, fixture, html } from '@open-wc/testing';
import sinon from 'sinon';
import type { BcCustomerWidget } from '../../src/index.js';
import { echo, working } from '../support/page.js';
import { ended, nextEvent, visibleText } from './support.js';

let warnings: sinon.SinonStub<unknown[], void>;
beforeEach(() => {
  warnings = sinon.stub(console, 'warn');
});
afterEach(() => {
  sinon.restore();
});

/** A widget with a template, as a theme writes it. */
async function templated(template: string, data: unknown, attributes = {}): Promise<BcCustomerWidget> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const all = {
    'app-client-id': working.appClientId,
    'token-url': working.tokenUrl,
    'backend-url': echo(data),
    ...attributes,
  };
  const element = document.createElement('bc-customer-widget');
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  element.innerHTML = `<template>${template}</template>`;
  place.append(element);
  await element.updateComplete;
  await ended(element);
  return element;
}

const content = (element: BcCustomerWidget) => element.querySelector<HTMLElement>(':scope > [slot=content]');
const text = (element: BcCustomerWidget) => content(element)?.textContent.replace(/\s+/g, ' ').trim();
const complaints = () => warnings.args.map(String);

async function change(element: BcCustomerWidget, data: unknown): Promise<void> {
  // The same backend address is another one here, so the session is asked through the answer of an action.
  sinon
    .stub(window, 'fetch')
    .callsFake((address) =>
      Promise.resolve(
        (address as string).includes('/token/')
          ? new Response(TOKEN)
          : new Response(JSON.stringify(data), { headers: { 'content-type': 'application/json' } }),
      ),
    );
  await element.refresh();
  (window.fetch as unknown as sinon.SinonStub).restore();
}
/** Three parts, and the customer of the tests: that is all the browser looks at. */
const TOKEN = `e30.${btoa('{"customer":{"id":1}}').replaceAll('=', '')}.c2ln`;

describe('a template', () => {
  it('is filled in light DOM, where the theme’s styles reach it, and replaces the card', async () => {
    const element = await templated(
      '<p class="theme"><b data-bc-text="points" data-bc-format="number"></b> points</p>',
      { points: 1240, text: 'not shown' },
    );
    expect(text(element)).to.equal('1,240 points');
    expect(document.querySelectorAll('.theme b')).to.have.lengthOf(1);
    expect(visibleText(element)).to.equal('');
    expect(complaints()).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('is there when bc-customer-load comes', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = `<bc-customer-widget app-client-id="${working.appClientId}" token-url="${working.tokenUrl}"
      backend-url="${echo({ points: 5 })}"><template><b data-bc-text="points"></b></template></bc-customer-widget>`;
    await nextEvent(place, 'bc-customer-load');
    expect(place.querySelector('b')?.textContent).to.equal('5');
  });

  it('repeats, nests, looks upwards, and decides', async () => {
    const element = await templated(
      `<ul><li data-bc-each="orders" data-bc-key="id"><b data-bc-text="id"></b>
         <i data-bc-each="lines" data-bc-text="."></i>
         <u data-bc-if="lines" data-bc-text="../shop"></u>
         <s data-bc-unless="lines">empty</s></li></ul><em data-bc-if="orders.0.lines.1">two</em>`,
      {
        shop: 'Ours',
        orders: [
          { id: 1, lines: ['x', 'y'] },
          { id: 2, lines: [] },
        ],
      },
    );
    expect(text(element)).to.equal('1 xy Ours 2 emptytwo');
    expect(complaints()).to.deep.equal([]);
  });

  it('takes an item only where its condition holds', async () => {
    const element = await templated('<i data-bc-each="list" data-bc-if="ok" data-bc-text="n"></i>', {
      list: [
        { n: 1, ok: true },
        { n: 2, ok: 0 },
        { n: 3, ok: 'yes' },
      ],
    });
    expect(text(element)).to.equal('13');
  });

  it('sets links, images and their words, from safe addresses only', async () => {
    const list = [
      '/ok',
      'https://example.com/',
      'javascript:alert(1)',
      ' java\nscript:x',
      'data:text/html,x',
      7,
    ];
    const element = await templated(
      '<a data-bc-each="list" data-bc-href="."><img data-bc-src="." data-bc-alt="../alt"></a>',
      { list, alt: '"><script>' },
    );
    const links = [...element.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).to.deep.equal(['/ok', 'https://example.com/', null, null, null, null]);
    const pictures = [...element.querySelectorAll('img')].map((image) => image.getAttribute('src'));
    expect(pictures).to.deep.equal(links);
    expect(element.querySelector('img')?.alt).to.equal('"><script>');
  });

  it('shows hostile text as text', async () => {
    const markup = '<img src=x onerror="window.hacked = true">';
    const element = await templated('<b data-bc-text="a"></b>', { a: markup });
    expect(element.querySelector('b')?.textContent).to.equal(markup);
    expect(element.querySelectorAll('img')).to.have.lengthOf(0);
  });

  for (const path of [
    '__proto__',
    '__proto__.x',
    'constructor.name',
    'toString',
    'list.map',
    'text.length',
    'a.b.c',
  ]) {
    it(`reaches nothing by the path ${path}, and says so once`, async () => {
      const place = echo(null).replace(
        'null',
        encodeURIComponent('{"__proto__":{"x":"own"},"text":"t","list":[1,2],"a":{"b":null}}'),
      );
      const element = await templated(`<b data-bc-text="${path}"></b>`, null, { 'backend-url': place });
      expect(text(element)).to.equal('');
      await element.refresh();
      expect(complaints()).to.have.lengthOf(1);
      expect(complaints()[0]).to.contain(`<b data-bc-text="${path}">`);
    });
  }

  for (const [what, template] of [
    ['an unknown binding', '<b data-bc-txet="a"></b>'],
    ['a binding on the wrong element', '<b data-bc-href="a"></b>'],
    ['an iframe', '<iframe data-bc-src="a"></iframe>'],
    ['an unknown format', '<b data-bc-text="a" data-bc-format="shout"></b>'],
    ['a list that is none', '<b data-bc-each="a"></b>'],
    ['an object as text', '<b data-bc-text="o"></b>'],
    ['keys that are not unique', '<b data-bc-each="twins" data-bc-key="id"></b>'],
    ['a script', '<script>window.hacked = true</script>'],
  ] as const) {
    it(`with ${what} says so in one sentence, and shows the rest`, async () => {
      const element = await templated(`${template}<i data-bc-text="a"></i>`, {
        a: 'rest',
        o: {},
        twins: [{ id: 1 }, { id: 1 }],
      });
      expect(element.querySelector('i')?.textContent).to.equal('rest');
      expect(complaints()).to.have.lengthOf(1);
      expect(complaints()[0]).to.match(/^<bc-customer-widget> template: </);
      expect(window).not.to.have.property('hacked');
    });
  }

  it('without content says so: frameworks put it elsewhere', async () => {
    const element = await templated('', { a: 1 });
    expect(text(element)).to.equal('');
    expect(complaints()).to.have.lengthOf(1);
    expect(complaints()[0]).to.contain('it is empty');
  });

  it('may hold forms and custom elements', async () => {
    const element = await templated('<form><input name="a"></form><my-box data-bc-text="a"></my-box>', {
      a: 'in',
    });
    expect(element.querySelector('my-box')?.textContent).to.equal('in');
    expect(element.querySelector('form input')).to.exist;
  });

  it('of 10,000 items shows a thousand, and says so', async () => {
    const element = await templated('<i data-bc-each="list" data-bc-text="."></i>', { list: [1] });
    await change(element, { list: Array.from({ length: 10_000 }, (_, index) => index) });
    expect(element.querySelectorAll('i')).to.have.lengthOf(1000);
    expect(complaints().join()).to.contain('1000 of 10000');
  });
});

describe('an update of a template', () => {
  const list = (...ids: number[]) => ({ list: ids.map((id) => ({ id, name: `n${id}` })) });
  const template =
    '<ul><li data-bc-each="list" data-bc-key="id"><button data-bc-text="name"></button></li></ul>';

  it('keeps the elements of items that stay, whatever their order', async () => {
    const element = await templated(template, list(1, 2, 3));
    const [first, second, third] = element.querySelectorAll('li');
    await change(element, list(3, 4, 1));
    const now = [...element.querySelectorAll('li')];
    expect(text(element)).to.equal('n3n4n1');
    expect([now[0] === third, now[2] === first, second?.isConnected]).to.deep.equal([true, true, false]);
  });

  it('keeps the focus, also on an item that moves', async () => {
    const element = await templated(template, list(1, 2, 3));
    const button = element.querySelector('button');
    button?.focus();
    await change(element, list(3, 2, 1));
    expect(document.activeElement === button).to.be.true;
  });

  it('moves the focus to the card when its item has gone', async () => {
    const element = await templated(template, list(1, 2));
    element.querySelector('button')?.focus();
    await change(element, list(2));
    expect(document.activeElement === element).to.be.true;
  });

  it('keeps the scroll position of the theme’s own box', async () => {
    const element = await templated(
      `<div class="box" style="block-size:40px;overflow:auto">${template}</div>`,
      list(1, 2, 3, 4, 5, 6),
    );
    const box = element.querySelector('.box');
    box?.scrollTo(0, 30);
    await change(element, list(1, 2, 3, 4, 5, 6, 7));
    expect(box?.scrollTop).to.equal(30);
  });
});

describe('what a template shows', () => {
  it('goes with the data', async () => {
    const element = await templated('<b data-bc-text="a"></b>', { a: 'mine' });
    element.clear();
    await element.updateComplete;
    expect(element.textContent).not.to.contain('mine');
  });

  it('does not come along in a copy of the element', async () => {
    const element = await templated('<b data-bc-text="a"></b>', { a: 'mine' });
    element.after(element.cloneNode(true));
    const copy = document.querySelectorAll('bc-customer-widget')[1] ?? element;
    copy.setAttribute('token-url', '/token/guest');
    await copy.updateComplete;
    await ended(copy);
    expect(copy.textContent).not.to.contain('mine');
  });

  it('leaves empty data to the words for it', async () => {
    const element = await templated('<b data-bc-text="a"></b>', null);
    expect(element.state).to.equal('empty');
    expect(visibleText(element)).to.equal('There is nothing here yet.');
  });
});

describe('a renderer', () => {
  it('shows the data by code, and code that throws breaks nothing', async () => {
    sinon.stub(console, 'error');
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const element = document.createElement('bc-customer-widget');
    element.appClientId = working.appClientId;
    element.tokenUrl = working.tokenUrl;
    element.backendUrl = echo({ points: 3 });
    element.renderer = (data, { html: tag, element: own }) => tag`<b>${data.points} ${own.localName}</b>`;
    place.append(element);
    await element.updateComplete;
    await ended(element);
    expect(visibleText(element)).to.equal('3 bc-customer-widget');
    element.renderer = () => {
      throw new Error('a fault of the page');
    };
    await element.updateComplete;
    expect(element.state).to.equal('ready');
    expect(visibleText(element)).to.contain('This could not be loaded.');
  });
});
