import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { createEmulator, type Emulator } from '../../src/emulator/index.js';
import { elementOf, elementsOf } from '../theme/html.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { visitorOf } from './visitor.js';

const asked = (options: object) => ({ 'stencil-options': JSON.stringify(options) });

suite('the Stencil protocol', () => {
  let store: Emulator;
  before(async () => {
    store = createEmulator({ themeDir: await temporaryTheme({ 'secret.html': 'kept' }) });
  });

  test('renders one component of the page for stencil-utils', async () => {
    const html = await (
      await visitorOf(store).get(
        '/products.php?productId=105',
        asked({ render_with: 'bc-customer-widget/product-card' }),
      )
    ).text();
    assert.equal(elementsOf(html)[0]?.attributes['data-bc-product'], '105');
    assert.equal(elementOf(html, 'h3').text, 'Wool blanket');
    assert.equal(elementsOf(html).filter(({ name }) => name === 'main').length, 0);
  });

  test('renders several components as an object of them', async () => {
    const parts = (await (
      await visitorOf(store).get('/', asked({ render_with: 'common/header,common/footer' }))
    ).json()) as Record<string, string>;
    assert.deepEqual(Object.keys(parts), ['components/common/header', 'components/common/footer']);
    assert.match(parts['components/common/footer']!, /^<footer/);
  });

  for (const name of ['../../secret', '..%2f..%2fsecret', '/etc/passwd', 'common/../../../secret', '']) {
    test(`renders the page, and nothing outside the components, for ${JSON.stringify(name)}`, async () => {
      const html = await (await visitorOf(store).get('/', asked({ render_with: name }))).text();
      assert.ok(!html.includes('kept'));
      assert.ok(html.startsWith('<!doctype html>'));
    });
  }

  test('survives options that are not JSON', async () => {
    assert.equal((await visitorOf(store).get('/', { 'stencil-options': '{' })).status, 200);
  });

  test('gives the Stencil CLI template and data instead of a page', async () => {
    const visitor = visitorOf(store);
    await visitor.signIn('ada@example.com');
    const response = await visitor.get(
      '/account.php',
      asked({ get_template_file: true, get_data_only: true }),
    );
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const answer = (await response.json()) as Record<string, unknown> & { context: Record<string, unknown> };
    assert.equal(answer.pencil_response, true);
    assert.equal(answer.remote, false);
    assert.equal(answer.template_file, 'pages/account/orders/all');
    assert.equal((answer.context.customer as { id: number }).id, 1);
    assert.equal((answer.context.settings as { base_url: string }).base_url, 'http://localhost:4000');
    const product = await visitor.get('/products.php?productId=105', asked({ get_data_only: true }));
    assert.equal(((await product.json()) as { entity_id: number }).entity_id, 105);
  });

  test('answers what `stencil start` asks before the first page', async () => {
    const get = async (path: string): Promise<unknown> => (await visitorOf(store).get(path)).json();
    assert.deepEqual(await get('/admin/oauth/info'), { store_hash: 'samplestore' });
    assert.deepEqual(await get('/stencil-version-check?v=10.0.0'), {
      status: 'ok',
      sslUrl: 'http://localhost:4000',
      baseUrl: 'http://localhost:4000',
    });
    assert.deepEqual(await get('/stores/samplestore/v3/channels?type:in=storefront'), { data: [{ id: 1 }] });
  });
});
