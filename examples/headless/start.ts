// `npm run headless`: the headless shop on http://localhost:4300, without a BigCommerce account.
import { randomBytes } from 'node:crypto';
import { sampleStore } from 'bc-customer-widget/emulator';
import { startHeadless } from './server.js';

const shop = await startHeadless({
  port: Number(process.env.PORT ?? 4300),
  storeHash: sampleStore.storeHash,
  apps: sampleStore.apps,
  // A real shop keeps the secret where it keeps its others: shop and backend must know the same one.
  issuer: {
    issuer: 'https://shop.example.com',
    audience: 'headless-shop',
    secret: process.env.TOKEN_SECRET ?? randomBytes(64).toString('base64url'),
  },
});
console.log(
  `\n  Headless shop  ${shop.url}\n\n  Sign in as ada@example.com, password demo. Ctrl-C stops it.`,
);
// At once: Vite waits for esbuild when it closes, which Ctrl-C may have ended before. There is nothing to save.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());
