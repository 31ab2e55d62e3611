import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { backend } from '../support/page.js';
import { ended, settled, widget } from './support.js';

let said: string[] = [];

beforeEach(() => {
  said = [];
  for (const method of ['groupCollapsed', 'log', 'table', 'error'] as const) {
    sinon.stub(console, method).callsFake((...args: unknown[]) => {
      if (method !== 'error') said.push(JSON.stringify(args));
    });
  }
});

afterEach(() => {
  sinon.restore();
});

const groups = () => said.filter((line) => line.includes('<bc-customer-widget>'));

async function reported(count: number): Promise<string> {
  while (groups().length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  return said.join('\n');
}

describe('the debug attribute', () => {
  it('reports each load as one group: its states, and both requests with their status', async () => {
    const element = await settled({ debug: '' });
    const first = await reported(1);
    expect(first).to.match(/<bc-customer-widget> ready after \d+ ms/);
    expect(first).to.match(/\d+ ms {2}ready/);
    expect(first).to.contain('"request":"token"').and.to.contain('"request":"backend"');
    await element.refresh();
    await reported(2);
    expect(groups()).to.have.lengthOf(2);
  });

  it('has neither token nor data nor the query of an address in it', async () => {
    await settled({ debug: '', 'backend-url': `${backend}/customer?secret=word`, transport: 'query' });
    const report = await reported(1);
    // The status is something that WebKit does not tell.
    expect(report).to.contain('"request":"backend"');
    for (const secret of ['eyJ', 'Hello', 'secret', 'word']) expect(report).not.to.contain(secret);
  });

  it('tells the code and the sentence of a failure', async () => {
    await settled({ debug: '', 'backend-url': `${backend}/status/500` });
    const report = await reported(1);
    expect(report).to.contain('backend-error (500)').and.to.contain('The backend answered 500.');
  });

  it('tells of wrong attributes, and that nothing was asked', async () => {
    await settled({ debug: '', 'backend-url': 'http://[' });
    const report = await reported(1);
    expect(report).to.contain('misconfigured').and.to.contain('backend-url');
    expect(report).not.to.contain('"request"');
  });

  it('is silent when it is not there', async () => {
    await ended(await widget());
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(said).to.deep.equal([]);
  });
});

describe('customerFetch()', () => {
  it('asks the backend as the customer whose data is shown', async () => {
    const element = await settled();
    const response = await element.customerFetch('/customer/actions/greet', { method: 'POST' });
    expect(await response.json()).to.include({ text: 'Greeted 1' });
  });

  it('sends nothing away from the backend, and says so', async () => {
    const element = await settled();
    const failed = await element.customerFetch('https://evil.example/').catch((error: unknown) => error);
    expect(failed).to.include({ code: 'misconfigured' });
  });

  it('rejects with what is wrong before the element is on a page', async () => {
    const element = document.createElement('bc-customer-widget');
    document.body.append(element);
    element.remove();
    const failed = await element.customerFetch().catch((error: unknown) => error);
    expect(failed).to.include({ code: 'misconfigured' });
  });
});
