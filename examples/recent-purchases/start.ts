/** The emulated store on http://localhost:4000 (or PORT), whose widget shows recent purchases. `npm run build` comes first. */
import { sampleStore, startEmulator } from 'bc-customer-widget/emulator';
import { listen } from '../listen.js';
import { createRecentPurchases } from './exchange.js';

const port = Number(process.env.PORT ?? 4000);
const { apps, storeHash, accessToken } = sampleStore;
const [app] = apps;
const backend = await listen(
  createRecentPurchases({
    clientId: app!.clientId,
    clientSecret: app!.clientSecret,
    storeHash,
    accessToken,
    allowedOrigins: `http://localhost:${port}`,
    apiUrl: `http://localhost:${port}`,
  }),
  port + 1,
);
const store = await startEmulator({
  port,
  themeDir: 'example-theme',
  themeSettings: { bcw_app_client_id: app!.clientId, bcw_backend_url: `${backend.url}/` },
});
console.log(`Sign in at ${store.url}/login.php as ada@example.com, password demo. Ctrl-C stops.`);
