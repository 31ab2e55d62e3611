/**
 * A merchant's backend that answers the widget with points and purchases from libSQL.
 *
 * `npm start` runs it together with the emulated storefront. To run it for a store of your own:
 *
 *   CLIENT_ID=…  CLIENT_SECRET=…            of the app-level API account
 *   STORE_HASHES=abc123                     comma-separated
 *   ALLOWED_ORIGINS=https://shop.example.com   comma-separated
 *   DATABASE_URL=libsql://…?authToken=…     optional; a file in examples/loyalty/data otherwise
 *   PORT=4001                               optional
 *   npx tsx examples/loyalty/server.ts
 */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { createExchange, createVerifier, type App } from 'bc-customer-widget/server';
import { Hono, type MiddlewareHandler } from 'hono';
import { listen, type RunningBackend } from '../listen.js';
import { redeemablePoints, toCard } from './card.js';
import { createLive } from './live.js';
import { openLoyaltyDatabase, type CustomerKey } from './database.js';

export interface LoyaltyOptions {
  /** 0 takes any free port. */
  port: number;
  /** @default a file in examples/loyalty/data */
  databaseUrl?: string | undefined;
  apps: readonly App[];
  /** The stores to serve; each gets the sample rows. */
  storeHashes: readonly string[];
  allowedOrigins: readonly string[];
  /** Goes before the routes. The emulated store's faults do. */
  middleware?: MiddlewareHandler;
}

/** Starts the backend on loopback. Rejects with one sentence when the port is taken. */
export async function startLoyalty(options: LoyaltyOptions): Promise<RunningBackend> {
  const { port, databaseUrl, apps, storeHashes, allowedOrigins, middleware } = options;
  const database = await openLoyaltyDatabase(databaseUrl);
  try {
    for (const storeHash of storeHashes) await database.seed(storeHash);
    const load = async (customer: CustomerKey) => {
      const rewards = await database.rewardsOf(customer);
      return rewards && toCard(rewards);
    };
    const live = createLive({
      path: '/live',
      allowedOrigins,
      verify: createVerifier({ apps, storeHashes }),
      load,
    });
    const exchange = createExchange({
      apps,
      storeHashes,
      allowedOrigins,
      load,
      actions: {
        // Answers with the new card. The key names the entry in the ledger, whose primary key keeps it from being
        // written twice even if this process dies between the effect and the answer.
        async redeem(customer, _, { idempotencyKey = randomUUID() }) {
          const redeemed = await database.redeem(customer, `redeem ${idempotencyKey}`, redeemablePoints);
          if (!redeemed) return notEnoughPoints();
          await live.push(customer);
          return load(customer);
        },
      },
      idempotency: database.idempotency,
      onError: console.error,
    });
    const app = new Hono();
    if (middleware) app.use('/rewards/*', middleware);
    app.all('/rewards/*', (context) => exchange(context.req.raw));
    const server = await listen(app.fetch, port, live.attach);
    return {
      url: server.url,
      async close() {
        live.close();
        await server.close();
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function notEnoughPoints(): Response {
  const detail = `A redemption takes ${redeemablePoints} points.`;
  return Response.json({ code: 'not_enough_points', detail }, { status: 409 });
}

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isMain) {
  const {
    CLIENT_ID = '',
    CLIENT_SECRET = '',
    STORE_HASHES,
    ALLOWED_ORIGINS,
    DATABASE_URL,
    PORT,
  } = process.env;
  try {
    const { url } = await startLoyalty({
      port: Number(PORT ?? 4001),
      databaseUrl: DATABASE_URL,
      apps: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
      storeHashes: splitList(STORE_HASHES),
      allowedOrigins: splitList(ALLOWED_ORIGINS),
    });
    console.log(`The loyalty backend answers at ${url}/rewards`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function splitList(value = ''): string[] {
  return value.split(',').filter((entry) => entry !== '');
}
