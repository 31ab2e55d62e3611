// A file of its own: what is pinned stays pinned for the page.
import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { allowBackends, loadCustomerData, type CustomerWidgetError } from '../../src/client/index.js';
import { backend, deferred, requestsTo, spyOnFetch, working } from '../support/page.js';

afterEach(() => {
  sinon.restore();
});

const other = backend.replace('127.0.0.1', 'localhost');
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as CustomerWidgetError,
  );

describe('allowBackends', () => {
  it('is not called: any backend may be asked', async () => {
    const result = await loadCustomerData({ ...working, backendUrl: `${other}/customer` });
    expect(result.status).to.equal('customer');
  });

  it('takes addresses only, and a mistake pins nothing', () => {
    expect(() => {
      allowBackends(['api.example.com']);
    }).to.throw(TypeError);
  });

  it('stops a load that is waiting for its token, before the token is sent', async () => {
    const fetch = spyOnFetch();
    const token = deferred<string | null>();
    const loading = failureOf(
      loadCustomerData({ ...working, backendUrl: `${other}/customer`, tokenSource: () => token.promise }),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    allowBackends([backend]);
    token.resolve('a.b.c');
    expect((await loading)?.code).to.equal('misconfigured');
    expect(fetch.callCount).to.equal(0);
  });

  it('lets the token go to the pinned origin', async () => {
    expect((await loadCustomerData(working)).status).to.equal('customer');
  });

  for (const backendUrl of [`${other}/customer`, 'https://evil.example/', '/api']) {
    it(`asks for no token for ${new URL(backendUrl, location.href).hostname}`, async () => {
      const fetch = spyOnFetch();
      const error = await failureOf(loadCustomerData({ ...working, backendUrl }));
      expect(error?.code).to.equal('misconfigured');
      expect(error?.message).to.contain('allowBackends');
      expect(requestsTo(fetch, '')).to.equal(0);
    });
  }

  it('cannot be called again', () => {
    expect(() => {
      allowBackends(['https://evil.example']);
    }).to.throw('once');
  });
});
