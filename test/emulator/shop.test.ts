import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { createEmulator, type Emulator } from '../../src/emulator/index.js';
import { elementOf, elementsOf } from '../theme/html.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { visitorOf } from './visitor.js';

suite('shopping on the emulated storefront', () => {
  let store: Emulator;
  before(async () => {
    store = createEmulator({ themeDir: await temporaryTheme() });
  });
  const products = (html: string) =>
    elementsOf(html)
      .filter(({ name }) => name === 'h3')
      .map(({ text }) => text);

  test('a category shows its products', async () => {
    const html = await (await visitorOf(store).get('/desk/')).text();
    assert.deepEqual(products(html), ['Pocket notebook', 'Desk lamp']);
    assert.equal(elementOf(html, 'h1').text, 'Desk');
    assert.equal((await visitorOf(store).get('/attic/')).status, 404);
  });

  test('search finds by name and description, and says when there is nothing', async () => {
    const search = async (query: string) =>
      (await visitorOf(store).get(`/search.php?search_query=${encodeURIComponent(query)}`)).text();
    assert.deepEqual(products(await search('LINEN')), ['Linen tote bag']);
    assert.deepEqual(products(await search('wool 130')), ['Wool blanket']);
    assert.deepEqual(products(await search('')), []);
    const hostile = await search('"><script>alert(1)</script>');
    assert.deepEqual(products(hostile), []);
    assert.ok(!hostile.includes('<script>alert'));
  });

  test('a product goes into the cart with the form of its page, and out of it again', async () => {
    const visitor = visitorOf(store);
    const page = await (await visitor.get('/products.php?productId=104')).text();
    const form = elementsOf(page).find(({ attributes }) => 'data-cart-item-add' in attributes);
    assert.equal(form?.attributes.action, '/cart.php');
    const added = await visitor.post('/cart.php', { action: 'add', product_id: '104', 'qty[]': '2' });
    assert.equal(added.headers.get('location'), '/cart.php');
    await visitor.post('/cart.php', { action: 'add', product_id: '103', 'qty[]': '1' });

    const cart = await (await visitor.get('/cart.php')).text();
    assert.ok(cart.includes('2 × $64.00'));
    assert.ok(cart.includes('Total $137.00'));
    const cartId = elementOf(cart, 'script').attributes['data-cart-id']!;
    const path = `/api/storefront/carts/${cartId}/items`;
    assert.equal((await visitorOf(store).remove(`${path}/104`)).status, 404, 'of somebody else');
    assert.equal((await visitor.remove(`${path}/104`)).status, 204);
    assert.equal((await visitor.remove(`${path}/104`)).status, 404);
    const rest = await (await visitor.get('/cart.php')).text();
    assert.ok(!rest.includes('Desk lamp'));
    assert.ok(rest.includes('Total $9.00'));
  });

  for (const form of [
    { action: 'add', product_id: '999' },
    { action: 'add', product_id: '104', 'qty[]': '-1' },
    { action: 'add', product_id: '104', 'qty[]': 'many' },
    { action: 'empty' },
  ]) {
    test(`nothing goes into the cart by ${JSON.stringify(form)}`, async () => {
      const visitor = visitorOf(store);
      await visitor.post('/cart.php', form);
      assert.equal(
        elementsOf(await (await visitor.get('/cart.php')).text()).filter(({ name }) => name === 'li').length,
        0,
      );
    });
  }

  test('a new customer registers with the fields that the store asks for, and is signed in', async () => {
    const visitor = visitorOf(store);
    const html = await (await visitor.get('/login.php?action=create_account')).text();
    const form = elementsOf(html).find(({ attributes }) => attributes.action?.includes('save_new_account'))!;
    const fields = elementsOf(html).filter(({ attributes }) => attributes.id?.startsWith('field-'));
    assert.deepEqual(
      fields.map(({ attributes }) => attributes.type),
      ['email', 'password', 'text'],
    );
    const [email, password, name] = fields.map(({ attributes }) => attributes.name!);
    const filled = { [email!]: 'eve@example.com', [password!]: 'secret', [name!]: 'Eve Adams' };
    const response = await visitor.post(form.attributes.action!, filled);
    assert.equal(response.headers.get('location'), '/login.php?action=account_created');
    assert.ok((await (await visitor.get('/')).text()).includes('Eve Adams'));
    assert.equal((await visitorOf(store).signIn('eve@example.com', 'secret')).status, 302);

    for (const refused of [filled, { ...filled, [email!]: '' }, { [email!]: 'x@example.com' }, {}]) {
      const again = await visitorOf(store).post(form.attributes.action!, refused);
      assert.equal(again.status, 200);
      assert.ok(elementsOf(await again.text()).some(({ attributes }) => attributes.role === 'alert'));
    }
  });

  test('a new account in one store is not one in another', async () => {
    const themeDir = await temporaryTheme();
    const [one, other] = [createEmulator({ themeDir }), createEmulator({ themeDir })];
    const form = {
      'FormField[1][1]': 'eve@example.com',
      'FormField[1][2]': 'secret',
      'FormField[2][4]': 'Eve',
    };
    await visitorOf(one).post('/login.php?action=save_new_account', form);
    assert.equal((await visitorOf(one).signIn('eve@example.com', 'secret')).status, 302);
    assert.equal((await visitorOf(other).signIn('eve@example.com', 'secret')).status, 200);
  });

  test("a customer sees their own orders, newest first, and nobody else's", async () => {
    const [ada, grace] = [visitorOf(store), visitorOf(store)];
    await ada.signIn('ada@example.com');
    await grace.signIn('grace@example.com');
    const orders = async (visitor: typeof ada) =>
      elementsOf(await (await visitor.get('/account.php')).text()).flatMap(
        ({ attributes }) => /order_id=(\d+)/.exec(attributes.href ?? '')?.[1] ?? [],
      );
    assert.deepEqual(await orders(ada), ['1007', '1006', '1002', '1001']);
    assert.deepEqual(await orders(grace), ['1005', '1003']);
    const order = await ada.get('/account.php?action=view_order&order_id=1007');
    assert.equal(elementOf(await order.text(), 'h1').text, 'Order 1007');
    for (const id of ['1003', '1004', '', 'x']) {
      assert.equal((await ada.get(`/account.php?action=view_order&order_id=${id}`)).status, 404, id);
    }
  });
});
