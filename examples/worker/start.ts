/** The emulated store on http://localhost:4000 (or PORT), whose widget asks the Worker. `npm run build` comes first. */
import { sampleStore, startEmulator } from 'bc-customer-widget/emulator';
import { startWorker } from './run.js';

const port = Number(process.env.PORT ?? 4000);
const { apps, storeHash, accessToken } = sampleStore;
const [app] = apps;
await startWorker(
  {
    CLIENT_ID: app!.clientId,
    CLIENT_SECRET: app!.clientSecret,
    STORE_HASH: storeHash,
    ACCESS_TOKEN: accessToken,
    ALLOWED_ORIGINS: `http://localhost:${port}`,
    API_URL: `http://127.0.0.1:${port}`,
  },
  port + 1,
);
const store = await startEmulator({
  port,
  themeDir: 'example-theme',
  themeSettings: { bcw_app_client_id: app!.clientId, bcw_backend_url: `http://localhost:${port + 1}/` },
});
console.log(`Sign in at ${store.url}/login.php as ada@example.com, password demo. Ctrl-C stops.`);
