/** The exchange as a Worker: the same handler as in exchange-server.ts, in the engine of Cloudflare's Workers. */
import { createExchange } from '../../../src/server/index.js';

interface Environment {
  clientId: string;
  clientSecret: string;
  storeHash: string;
}

let exchange: ((request: Request) => Promise<Response>) | undefined;

export default {
  fetch(request: Request, { clientId, clientSecret, storeHash }: Environment): Promise<Response> {
    exchange ??= createExchange({
      apps: [{ clientId, clientSecret }],
      storeHashes: [storeHash],
      allowedOrigins: ['https://shop.example.com'],
      load: ({ customerId }) => ({ customerId }),
    });
    return exchange(request);
  },
};
