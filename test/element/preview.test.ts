import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { spyOnFetch } from '../support/page.js';
import { part, settled, visibleText, widget } from './support.js';

afterEach(() => {
  sinon.restore();
});

describe('preview', () => {
  it('shows sample data, says so, and asks for nothing', async () => {
    const fetch = spyOnFetch();
    const element = await settled({ preview: '', heading: 'Your rewards' });
    expect(part(element, 'preview')?.textContent).to.equal('Preview with sample data');
    expect(visibleText(element)).to.contain('Your rewards').and.to.contain('Points');
    await element.refresh();
    expect(fetch.callCount).to.equal(0);
    await expect(element).to.be.accessible();
  });

  const mistakes: [name: string, value: string, words: string][] = [
    ['app-client-id', '', 'enter the client ID'],
    ['backend-url', '', 'enter the address'],
    ['backend-url', 'http://api.example.com', 'must start with https://'],
    ['backend-url', 'javascript:alert(1)', 'must start with https://'],
  ];
  for (const [name, value, words] of mistakes) {
    it(`tells the merchant what ${name}="${value}" still needs, beside the sample`, async () => {
      const errors = sinon.stub(console, 'error');
      const element = await settled({ preview: '', [name]: value });
      expect(part(element, 'preview')?.textContent).to.contain(words);
      expect(visibleText(element)).to.contain('Points');
      expect(errors.callCount).to.equal(0);
    });
  }

  it('never shows a shopper’s data: that comes when it ends', async () => {
    const element = await settled({ preview: '' });
    expect(visibleText(element)).not.to.contain('Hello');
    element.preview = false;
    await element.updateComplete;
    while (element.state !== 'ready') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(visibleText(element)).to.equal('Hello 1');
    element.preview = true;
    await element.updateComplete;
    expect(visibleText(element)).not.to.contain('Hello');
  });
});

describe('the look by attributes', () => {
  const styleOf = (element: HTMLElement | null) => getComputedStyle(element ?? document.body);

  it('plain has no box', async () => {
    const element = await settled({ variant: 'plain' });
    expect(styleOf(part(element, 'card')).borderTopWidth).to.equal('0px');
  });

  it('corners are square or round', async () => {
    expect(styleOf(part(await settled({ corner: 'square' }), 'card')).borderRadius).to.equal('0px');
    expect(styleOf(part(await settled({ corner: 'round' }), 'card')).borderRadius).to.equal('28px');
  });

  it('compact needs less room', async () => {
    const [wide, tight] = [await settled(), await settled({ density: 'compact' })];
    expect(parseFloat(styleOf(part(tight, 'card')).paddingTop)).to.be.lessThan(
      parseFloat(styleOf(part(wide, 'card')).paddingTop),
    );
  });

  it('an accent that is a colour is used, anything else is not', async () => {
    const guest = { 'token-url': '/token/guest', guest: 'message', 'sign-in-text': 'Sign in' };
    const colourOf = async (accent: string) =>
      styleOf(part(await settled({ ...guest, accent }), 'sign-in')).color;
    const usual = await colourOf('');
    expect(await colourOf('rgb(1, 2, 3)')).to.equal('rgb(1, 2, 3)');
    for (const accent of ['red; background: url(https://example.com/)', 'url(x)', 'no colour', '}']) {
      expect(await colourOf(accent), accent).to.equal(usual);
    }
  });
});

describe('the link to sign in', () => {
  const guest = { 'token-url': '/token/guest', guest: 'message' };

  it('leads to the storefront’s page and back here', async () => {
    const element = await settled({ ...guest, 'sign-in-text': 'Sign in' });
    const here = encodeURIComponent((location.pathname + location.search).slice(1));
    expect(part(element, 'sign-in')).to.have.attribute('href', `/login.php?from=${here}`);
  });

  it('leads where the page says, unless that is no address to follow', async () => {
    const own = await settled({ ...guest, 'sign-in-text': 'Sign in', 'sign-in-url': '/account/login' });
    expect(part(own, 'sign-in')).to.have.attribute('href', '/account/login');
    const bad = await settled({ ...guest, 'sign-in-text': 'Sign in', 'sign-in-url': 'javascript:alert(1)' });
    expect(part(bad, 'sign-in')?.getAttribute('href')).to.match(/^\/login\.php/);
  });

  it('is not there without a text, nor for a signed-in shopper', async () => {
    expect(part(await settled(guest), 'sign-in')).to.equal(null);
    expect(part(await widget({ 'sign-in-text': 'Sign in' }), 'sign-in')).to.equal(null);
  });
});
