import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import type { CustomerCard } from '../../src/index.js';
import { echo } from '../support/page.js';
import { part, parts, settled, visibleText } from './support.js';

const show = (data: unknown, attributes = {}) => settled({ 'backend-url': echo(data), ...attributes });

/** Three parts are all that the browser looks at. */
const TOKEN = `e30.${btoa('{"customer":{"id":1}}').replaceAll('=', '')}.c2ln`;

const card: CustomerCard = {
  heading: 'Rewards',
  text: 'Good to see you.',
  facts: [
    { label: 'Points', value: 1240, format: 'number' },
    { label: 'Since', value: '2024-05-14', format: 'date' },
    { label: 'Tier', value: 'Gold' },
  ],
  items: [
    {
      title: 'Stoneware mug',
      href: '/products.php?productId=101',
      image: '/mug.svg',
      text: 'Blue',
      meta: '$18',
    },
    { title: 'No link, no picture' },
  ],
  actions: [{ label: 'See all', href: '/account.php' }],
};

describe('the card', () => {
  it('shows heading, text, facts, items and links', async () => {
    const element = await show(card);
    expect(visibleText(element)).to.equal(
      'Rewards Good to see you. Points 1,240 Since May 14, 2024 Tier Gold Stoneware mug Blue $18 No link, no picture See all',
    );
    expect(part(element, 'item-link')).to.have.attribute('href', '/products.php?productId=101');
    expect(part(element, 'item-image')).to.have.attribute('src', '/mug.svg');
    expect(part(element, 'action')).to.have.attribute('href', '/account.php');
    await expect(element).to.be.accessible();
  });

  it('is accessible in the dark', async () => {
    document.documentElement.style.colorScheme = 'dark';
    const element = await show(card);
    await expect(element).to.be.accessible();
    document.documentElement.style.colorScheme = '';
  });

  it('has the heading of the attribute before that of the backend, at the wanted level', async () => {
    const element = await show(card, { heading: 'Mine', 'heading-level': '3' });
    expect(part(element, 'heading')?.textContent).to.equal('Mine');
    expect(part(element, 'heading')).to.have.attribute('aria-level', '3');
  });

  it('writes numbers and dates in the language of its place', async () => {
    document.documentElement.lang = 'de';
    const element = await show(card);
    document.documentElement.lang = 'en';
    expect(parts(element, 'fact-value').map((fact) => fact.textContent)).to.deep.equal([
      '1.240',
      '14.05.2024',
      'Gold',
    ]);
  });

  it('falls back to the browser’s language where the page names none that exists', async () => {
    document.documentElement.lang = 'no such language!';
    const element = await show({ facts: [{ label: 'Points', value: 5, format: 'number' }] });
    document.documentElement.lang = 'en';
    expect(part(element, 'fact-value')?.textContent).to.equal('5');
  });

  it('shows a value that does not fit its format as it came', async () => {
    const values = [
      { label: 'a', value: 'many', format: 'number' },
      { label: 'b', value: 'soon', format: 'date' },
      { label: 'c', value: '', format: 'number' },
      { label: 'd', value: 'x', format: 'shout' },
    ];
    const element = await show({ facts: values });
    expect(parts(element, 'fact-value').map((fact) => fact.textContent)).to.deep.equal([
      'many',
      'soon',
      '',
      'x',
    ]);
  });

  it('shows the scalar fields of any other object, with readable labels', async () => {
    const element = await show({
      lifetimePoints: 5000,
      member_since: 'May',
      nested: { a: 1 },
      list: [1],
      no: null,
    });
    expect(parts(element, 'fact').map((fact) => fact.textContent.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'Lifetime points 5,000',
      'Member since May',
    ]);
  });

  it('leaves out what does not fit and keeps the rest', async () => {
    const element = await show({
      heading: { toString: 'no' },
      text: ['no'],
      facts: [
        null,
        7,
        'x',
        { value: 'no label' },
        { label: 'Points', value: 3 },
        { label: { a: 1 }, value: 1 },
      ],
      items: { title: 'not a list' },
      actions: [{ label: 'no address' }, { href: '/no-label' }],
    });
    expect(visibleText(element)).to.equal('Points 3');
  });

  it('offers a POST action as a button, never as a link', async () => {
    const element = await show({
      text: 'Hi',
      actions: [{ label: 'Redeem', href: '/redeem', method: 'POST' }],
    });
    expect(part(element, 'action')?.localName).to.equal('button');
  });

  it('writes money and relative dates in the page’s currency and locale', async () => {
    const facts = [
      { label: 'a', value: 18.5, format: 'currency' },
      { label: 'b', value: Date.now() - 3 * 86_400_000, format: 'relative' },
      { label: 'c', value: new Date().toLocaleDateString('sv'), format: 'relative' },
    ];
    const element = await show({ facts }, { locale: 'en-GB', currency: 'EUR' });
    const values = () => parts(element, 'fact-value').map((fact) => fact.textContent);
    expect(values()).to.deep.equal(['€18.50', '3 days ago', 'today']);
    element.locale = 'de';
    element.currency = 'no such currency';
    await element.updateComplete;
    expect(values()).to.deep.equal(['18,50', 'vor 3 Tagen', 'heute']);
  });

  for (const width of [200, 320, 700, 1200]) {
    it(`fits ${width} px without sideways scrolling`, async () => {
      const element = await show(card);
      element.style.inlineSize = `${width}px`;
      const box = element.getBoundingClientRect();
      for (const inner of parts(element, 'item').concat(parts(element, 'fact'), parts(element, 'action'))) {
        const { left, right } = inner.getBoundingClientRect();
        expect(left).to.be.at.least(box.left);
        expect(right).to.be.at.most(box.right);
      }
    });
  }

  it('shows at most a thousand items, and says so to the developer', async () => {
    const warn = sinon.stub(console, 'warn');
    const items = Array.from({ length: 1200 }, (_, index) => ({ title: String(index) }));
    // The address of an echo is too long for that many: a token source of its own answers instead.
    sinon
      .stub(window, 'fetch')
      .callsFake((address) =>
        Promise.resolve(
          (address as string).includes('/token/')
            ? new Response(TOKEN)
            : new Response(JSON.stringify({ items }), { headers: { 'content-type': 'application/json' } }),
        ),
      );
    const element = await show({});
    sinon.restore();
    expect(parts(element, 'item')).to.have.lengthOf(1000);
    expect(warn.args.join()).to.contain('1000 of 1200');
  });
});

describe('hostile strings', () => {
  const markup = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';
  const addresses = [
    'javascript:window.hacked=true',
    ' JaVaScRiPt:window.hacked=true',
    'java\nscript:window.hacked=true',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://example.com/x',
    'file:///etc/passwd',
    'https://',
  ];

  it('in every text are shown as they are', async () => {
    const element = await show({
      heading: markup,
      text: markup,
      facts: [{ label: markup, value: markup, format: markup }],
      items: [{ title: markup, text: markup, meta: markup, image: markup, href: markup }],
      actions: [{ label: markup, href: '/ok' }],
    });
    expect(element.renderRoot.querySelectorAll('script, img[onerror]')).to.have.lengthOf(0);
    expect(part(element, 'text')?.textContent).to.equal(markup);
    expect(part(element, 'fact-value')?.textContent).to.equal(markup);
    expect(part(element, 'item-link')?.textContent).to.equal(markup);
    expect(part(element, 'action')?.textContent).to.equal(markup);
    expect(window).not.to.have.property('hacked');
  });

  for (const address of addresses) {
    it(`as an address (${JSON.stringify(address)}) become neither link nor picture`, async () => {
      const element = await show({
        items: [{ title: 'Item', href: address, image: address }],
        actions: [{ label: 'Go', href: address }],
        text: 'x',
      });
      expect(element.renderRoot.querySelectorAll('a, img')).to.have.lengthOf(0);
      expect(visibleText(element)).to.equal('x Item');
    });
  }

  for (const address of [
    'https://example.com/',
    'mailto:a@example.com',
    'tel:+1',
    '/relative',
    '?q',
    '#top',
  ]) {
    it(`are told from a good address (${address})`, async () => {
      const element = await show({ items: [{ title: 'Item', href: address }] });
      expect(part(element, 'item-link')).to.have.attribute('href', address);
    });
  }

  it('of 10,000 characters without a space stay inside the card', async () => {
    const long = 'LONG';
    const element = await show({
      heading: long,
      text: long,
      facts: [{ label: long, value: long }],
      items: [{ title: long, text: long, meta: long, href: '/ok' }],
      actions: [{ label: long, href: '/ok' }],
    });
    element.style.inlineSize = '320px';
    expect(part(element, 'text')?.textContent).to.have.lengthOf(10_000);
    expect(part(element, 'card')?.scrollWidth).to.be.at.most(320);
    expect(parts(element, 'item')[0]?.scrollWidth).to.be.at.most(320);
  });

  it('as names of fields reach nothing', async () => {
    sinon.stub(console, 'error');
    const element = await settled({
      'backend-url': echo(null).replace(
        'null',
        encodeURIComponent('{"__proto__":{"text":"polluted"},"constructor":"c"}'),
      ),
    });
    sinon.restore();
    expect(visibleText(element)).to.equal('Constructor c');
    expect({}).not.to.have.property('text');
  });
});
