import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { customerFetch, type CustomerWidgetError } from '../../src/client/index.js';
import { backend, requestsTo, spyOnFetch, working } from '../support/page.js';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error as CustomerWidgetError,
  );

afterEach(() => {
  sinon.restore();
});

describe('customerFetch', () => {
  it('asks an address on the backend as the customer', async () => {
    const options = { ...working, backendUrl: `${backend}/customer` };
    const response = await customerFetch(options, 'request', { headers: { 'accept-language': 'de' } });
    expect(response.status).to.equal(200);
    const { headers, url } = (await response.json()) as { headers: Record<string, string>; url: string };
    expect(new URL(url).pathname).to.equal('/request');
    expect(headers.authorization).to.match(/^Bearer \S+$/);
    expect(headers['accept-language']).to.equal('de');
  });

  it('gives a refusal as an answer, without its token being sent twice', async () => {
    const fetch = spyOnFetch();
    expect((await customerFetch(working, '/status/503')).status).to.equal(503);
    expect((await customerFetch(working, '/204')).status).to.equal(204);
    expect(requestsTo(fetch, '/status/503')).to.equal(1);
  });

  it('sends nothing for a guest, and nothing to another origin', async () => {
    const fetch = spyOnFetch();
    const guest = { ...working, tokenUrl: '/token/guest' };
    expect(await failure(customerFetch(guest, '/request'))).to.include({ code: 'unauthorized' });
    const away = customerFetch(working, 'https://elsewhere.example/request');
    expect(await failure(away)).to.include({ code: 'misconfigured' });
    expect(requestsTo(fetch, '/request')).to.equal(0);
  });
});
