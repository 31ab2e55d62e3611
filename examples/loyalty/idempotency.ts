/** Remembers Idempotency-Keys in libSQL, so that all instances of the backend know them. */
import type { Client } from '@libsql/client';
import type { IdempotencyClaim, IdempotencyStore } from 'bc-customer-widget/server';

export const idempotencySchema = [
  `CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    claimed_at INTEGER NOT NULL,
    status INTEGER,
    content_type TEXT,
    body TEXT
  )`,
  'CREATE INDEX IF NOT EXISTS idempotency_claimed_at ON idempotency (claimed_at)',
];

const minute = 60_000;
const day = 24 * 60 * minute;

interface StoredKey {
  fingerprint: string;
  status: number | null;
  contentType: string | null;
  body: string;
}

export function createIdempotencyStore(client: Client): IdempotencyStore {
  return {
    async claim(key, fingerprint) {
      const now = Date.now();
      // One transaction, so that of many claims at the same time exactly one inserts.
      const [, , inserted, found] = await client.batch(
        [
          { sql: 'DELETE FROM idempotency WHERE claimed_at < ?', args: [now - day] },
          {
            // Its process has died. Should it still live, the ledger's own key keeps the effect from happening twice.
            sql: 'DELETE FROM idempotency WHERE key = ? AND status IS NULL AND claimed_at < ?',
            args: [key, now - minute],
          },
          {
            sql: 'INSERT OR IGNORE INTO idempotency (key, fingerprint, claimed_at) VALUES (?, ?, ?)',
            args: [key, fingerprint, now],
          },
          {
            sql: 'SELECT fingerprint, status, content_type AS contentType, body FROM idempotency WHERE key = ?',
            args: [key],
          },
        ],
        'write',
      );
      if (inserted?.rowsAffected === 1) return { state: 'claimed' };
      return toClaim(found?.rows[0] as unknown as StoredKey);
    },

    async complete(key, { status, contentType, body }) {
      await client.execute({
        sql: 'UPDATE idempotency SET status = ?, content_type = ?, body = ? WHERE key = ?',
        args: [status, contentType, body, key],
      });
    },

    async release(key) {
      await client.execute({ sql: 'DELETE FROM idempotency WHERE key = ? AND status IS NULL', args: [key] });
    },
  };
}

function toClaim({ fingerprint, status, contentType, body }: StoredKey): IdempotencyClaim {
  if (status === null) return { state: 'running', fingerprint };
  return { state: 'done', fingerprint, answer: { status, contentType, body } };
}
