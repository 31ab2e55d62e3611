import { expect } from '@open-wc/testing';
import StencilUtilsApi from '@bigcommerce/stencil-utils/src/api/product.js';
import sinon from 'sinon';
import OwnApi from '../../src/stencil/product-api.js';

type Api = Pick<OwnApi, 'getById'>;
type Options = Parameters<OwnApi['getById']>[1];

/** What is asked, and what the callback gets. */
async function ask(api: Api, options: Options, answer: () => Promise<Response>) {
  const fetch = sinon.stub(window, 'fetch').callsFake(answer);
  const called = await new Promise<unknown[]>((resolve) => {
    api.getById(101, options, (...values: unknown[]) => {
      resolve(values);
    });
  });
  const [address, init] = fetch.firstCall.args;
  const { pathname, search } = new URL(address as string, location.href);
  const headers = new Headers(init?.headers);
  const said = ['stencil-options', 'x-requested-with'].map((name) => headers.get(name));
  fetch.restore();
  return { asked: pathname + search, said, called };
}

describe('the copy of the product request that the module brings along', () => {
  const template = 'bc-customer-widget/product-card';
  for (const baseUrl of ['', '/fr']) {
    for (const status of [200, 404]) {
      it(`asks and answers like stencil-utils (${baseUrl || '/'}, ${status})`, async () => {
        const answer = () => Promise.resolve(new Response('<p>Product</p>', { status }));
        const own = await ask(new OwnApi(), { template, baseUrl }, answer);
        const theirs = await ask(new StencilUtilsApi() as Api, { template, baseUrl }, answer);
        expect(own).to.deep.equal(theirs);
        expect(own.called).to.deep.equal([null, '<p>Product</p>']);
      });
    }
  }

  it('hands on what ended the request', async () => {
    const gone = new TypeError('gone');
    const { called } = await ask(new OwnApi(), { template }, () => Promise.reject(gone));
    expect(called).to.deep.equal([gone]);
  });
});
