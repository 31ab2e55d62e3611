/** The loyalty program's data in libSQL: a ledger of points, and purchases. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type InStatement, type Row } from '@libsql/client';
import type { IdempotencyStore } from 'bc-customer-widget/server';
import { createIdempotencyStore, idempotencySchema } from './idempotency.js';
import { ledger, products, purchases } from './sample-data.js';

/** A customer of one store. Customer ids of different stores overlap, so every row and every query has both. */
export interface CustomerKey {
  storeHash: string;
  customerId: number;
}

export interface Purchase {
  productId: number;
  title: string;
  /** In US cents. */
  price: number;
  /** ISO 8601 date. */
  purchasedAt: string;
}

export interface Rewards {
  /** The sum of the ledger. */
  points: number;
  /** ISO 8601 date of the first entry. */
  memberSince: string;
  /** Newest first, at most five. */
  purchases: Purchase[];
}

export interface LoyaltyDatabase {
  /** `undefined` for a customer without points and purchases. */
  rewardsOf(customer: CustomerKey): Promise<Rewards | undefined>;
  /**
   * Takes points off, if there are enough. Doing it again with the same entry changes nothing and is true again.
   *
   * @param entry names this redemption in the ledger
   * @returns whether the entry is in the ledger
   */
  redeem(customer: CustomerKey, entry: string, points: number): Promise<boolean>;
  /** Remembers which requests have been answered. */
  idempotency: IdempotencyStore;
  /** Adds the sample customers' rows to a store. Doing it again changes nothing. */
  seed(storeHash: string): Promise<void>;
  close(): void;
}

/** A file beside this one, unless `DATABASE_URL` says otherwise. */
export const defaultDatabaseUrl = new URL('data/loyalty.db', import.meta.url).href;

const schema = [
  `CREATE TABLE IF NOT EXISTS points (
    entry TEXT NOT NULL,
    store_hash TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (store_hash, customer_id, entry)
  )`,
  `CREATE TABLE IF NOT EXISTS purchases (
    purchase TEXT NOT NULL,
    store_hash TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    price INTEGER NOT NULL,
    purchased_at TEXT NOT NULL,
    PRIMARY KEY (store_hash, customer_id, purchase)
  )`,
];

/**
 * Opens the database and creates its tables.
 *
 * @param url `file:` path, `:memory:`, or `libsql://…?authToken=…` for a distributed database
 */
export async function openLoyaltyDatabase(url = defaultDatabaseUrl): Promise<LoyaltyDatabase> {
  if (url.startsWith('file:///')) await mkdir(dirname(fileURLToPath(url)), { recursive: true });
  // Several processes may share the file: each waits up to five seconds for the other's transaction.
  const client = createClient({ url, timeout: 5000 });
  // Writes then cost one flush to disk instead of several, and readers do not wait for them.
  if (url.startsWith('file:')) await client.execute('PRAGMA journal_mode = WAL');
  await client.batch([...schema, ...idempotencySchema], 'write');

  return {
    async rewardsOf({ storeHash, customerId }) {
      const args = [storeHash, customerId];
      const [balance, bought] = await client.batch(
        [
          {
            sql: `SELECT sum(amount) AS points, min(created_at) AS memberSince
                  FROM points WHERE store_hash = ? AND customer_id = ?`,
            args,
          },
          {
            sql: `SELECT product_id AS productId, title, price, purchased_at AS purchasedAt
                  FROM purchases WHERE store_hash = ? AND customer_id = ?
                  ORDER BY purchased_at DESC, purchase DESC LIMIT 5`,
            args,
          },
        ],
        'read',
      );
      const account = balance?.rows[0] as unknown as { points: number | null; memberSince: string };
      // The sum of no rows is NULL.
      if (account.points === null) return undefined;
      return {
        points: account.points,
        memberSince: account.memberSince,
        purchases: (bought?.rows ?? []).map(toPurchase),
      };
    },

    async redeem({ storeHash, customerId }, entry, points) {
      const [, written] = await client.batch(
        [
          {
            // One statement looks at the balance and takes from it: nothing can come between.
            sql: `INSERT OR IGNORE INTO points
                  SELECT ?1, ?2, ?3, -?4, 'Redeemed', ?5
                  WHERE ?4 <= (SELECT sum(amount) FROM points WHERE store_hash = ?2 AND customer_id = ?3)`,
            args: [entry, storeHash, customerId, points, new Date().toISOString()],
          },
          {
            sql: 'SELECT 1 FROM points WHERE entry = ? AND store_hash = ? AND customer_id = ?',
            args: [entry, storeHash, customerId],
          },
        ],
        'write',
      );
      return written?.rows.length === 1;
    },

    idempotency: createIdempotencyStore(client),

    async seed(storeHash) {
      await client.batch(sampleRows(storeHash), 'write');
    },

    close: () => {
      client.close();
    },
  };
}

function toPurchase(row: Row): Purchase {
  const { productId, title, price, purchasedAt } = row as unknown as Purchase;
  return { productId, title, price, purchasedAt };
}

/** The keys of sample rows are fixed, so that a second seed finds them in place. */
function sampleRows(storeHash: string): InStatement[] {
  return [
    ...ledger.map(({ entry, customerId, amount, reason, createdAt }) => ({
      sql: 'INSERT OR IGNORE INTO points VALUES (?, ?, ?, ?, ?, ?)',
      args: [entry, storeHash, customerId, amount, reason, createdAt],
    })),
    ...purchases.map(({ purchase, customerId, productId, purchasedAt }) => {
      const { title, price } = products[productId];
      return {
        sql: 'INSERT OR IGNORE INTO purchases VALUES (?, ?, ?, ?, ?, ?, ?)',
        args: [purchase, storeHash, customerId, productId, title, price, purchasedAt],
      };
    }),
  ];
}
