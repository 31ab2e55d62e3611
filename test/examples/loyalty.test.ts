import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CustomerCard } from 'bc-customer-widget';
import { signCurrentCustomer } from 'bc-customer-widget/server';
import { openLoyaltyDatabase } from '../../examples/loyalty/database.js';
import { startLoyalty } from '../../examples/loyalty/server.js';

const app = { clientId: 'loyalty-test', clientSecret: 'loyalty0secret0loyalty0secret00' };
const shop = 'http://localhost:4999';
const options = { port: 0, apps: [app], storeHashes: ['demo123', 'branch9'], allowedOrigins: [shop] };

describe('the loyalty backend', () => {
  let backend: Awaited<ReturnType<typeof startLoyalty>>;
  before(async () => {
    backend = await startLoyalty({ ...options, databaseUrl: ':memory:' });
  });
  after(() => backend.close());

  const ask = async (id: number, storeHash = 'demo123') => {
    const token = await signCurrentCustomer({ id, email: 'x@example.com' }, { ...app, storeHash });
    return fetch(`${backend.url}/rewards`, { headers: { Authorization: `Bearer ${token}`, Origin: shop } });
  };

  it("answers with Ada's card", async () => {
    const response = await ask(1);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), shop);
    assert.deepEqual(await response.json(), {
      text: 'You have reached our highest tier. Thank you!',
      facts: [
        { label: 'Points', value: 1240, format: 'number' },
        { label: 'Tier', value: 'Gold' },
        { label: 'Member since', value: '2024-05-14', format: 'date' },
      ],
      items: [
        item(106, 'Tea sampler', 'Oct 5, 2026 · $21.00'),
        item(105, 'Wool blanket', 'Jun 18, 2026 · $89.00'),
        item(101, 'Stoneware mug', 'Mar 2, 2026 · $18.00'),
      ],
      actions: [
        { label: 'See all orders', href: '/account.php' },
        {
          label: 'Redeem 100 points',
          method: 'POST',
          href: '/rewards/actions/redeem',
          confirm: 'Exchange 100 points for a $5 voucher?',
        },
      ],
    } satisfies CustomerCard);
  });

  it("answers with Grace's own card, and nothing of Ada's", async () => {
    const card = (await (await ask(2)).json()) as CustomerCard;
    assert.equal(card.text, 'Only 135 more points to Silver.');
    assert.deepEqual(card.facts?.[0], { label: 'Points', value: 365, format: 'number' });
    assert.deepEqual(
      card.items?.map(({ title }) => title),
      ['Pocket notebook', 'Desk lamp'],
    );
  });

  it('answers a customer without rows with 204', async () => {
    assert.equal((await ask(3)).status, 204);
  });

  it('refuses a store that it does not serve, and a request without token', async () => {
    assert.equal((await ask(1, 'other99')).status, 401);
    assert.equal((await fetch(`${backend.url}/rewards`)).status, 401);
  });

  it('knows no other address', async () => {
    assert.equal((await fetch(`${backend.url}/other`)).status, 404);
  });

  it('says in one sentence that a port is in use', async () => {
    const port = Number(new URL(backend.url).port);
    await assert.rejects(startLoyalty({ ...options, port, databaseUrl: ':memory:' }), {
      message: `Port ${port} is in use. Stop what listens there, or choose another port.`,
    });
  });
});

describe('the loyalty database', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('keeps customers with the same id apart by store', async () => {
    const database = await openLoyaltyDatabase(':memory:');
    await database.seed('demo123');
    assert.equal((await database.rewardsOf({ storeHash: 'demo123', customerId: 1 }))?.points, 1240);
    assert.equal(await database.rewardsOf({ storeHash: 'branch9', customerId: 1 }), undefined);
    database.close();
  });

  it('keeps its rows in the file, in folders that it makes, and seeds them once', async () => {
    const url = pathToFileURL(join(folder, 'new/folder/loyalty.db')).href;
    for (let start = 0; start < 2; start += 1) {
      const database = await openLoyaltyDatabase(url);
      await database.seed('demo123');
      await database.seed('demo123');
      const rewards = await database.rewardsOf({ storeHash: 'demo123', customerId: 1 });
      assert.equal(rewards?.points, 1240);
      assert.equal(rewards.purchases.length, 3);
      database.close();
    }
    const database = await openLoyaltyDatabase(url);
    assert.equal((await database.rewardsOf({ storeHash: 'demo123', customerId: 2 }))?.points, 365);
    database.close();
  });
});

function item(productId: number, title: string, meta: string) {
  return {
    title,
    image: `/product_images/${productId}.svg`,
    href: `/products.php?productId=${productId}`,
    meta,
  };
}
