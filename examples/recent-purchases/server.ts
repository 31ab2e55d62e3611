/**
 * A customer's recent purchases, on Node. To try it with the emulated store:
 *
 *   npx tsx examples/recent-purchases/start.ts
 *
 * To run it for a store of your own:
 *
 *   CLIENT_ID=…  CLIENT_SECRET=…            of the app-level API account
 *   STORE_HASH=abc123  ACCESS_TOKEN=…       scope: store_v2_orders_read_only
 *   ALLOWED_ORIGINS=https://shop.example.com   comma-separated
 *   PORT=4001                               optional
 *   npx tsx examples/recent-purchases/server.ts
 */
import { listen } from '../listen.js';
import { createRecentPurchases } from './exchange.js';

const { CLIENT_ID = '', CLIENT_SECRET = '', STORE_HASH = '', ACCESS_TOKEN = '' } = process.env;
const { ALLOWED_ORIGINS = '', API_URL, PORT } = process.env;
try {
  const exchange = createRecentPurchases({
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    storeHash: STORE_HASH,
    accessToken: ACCESS_TOKEN,
    allowedOrigins: ALLOWED_ORIGINS,
    apiUrl: API_URL,
  });
  const { url } = await listen(exchange, Number(PORT ?? 4001));
  console.log(`Recent purchases are answered at ${url}/`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
