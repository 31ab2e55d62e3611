/** The recent-purchases backend as a Cloudflare Worker: the same exchange, settings from the Worker's environment. */
import { createRecentPurchases } from '../recent-purchases/exchange.js';

export interface WorkerEnvironment {
  CLIENT_ID: string;
  /** A secret: `npx wrangler secret put CLIENT_SECRET`. */
  CLIENT_SECRET: string;
  STORE_HASH: string;
  /** A secret: `npx wrangler secret put ACCESS_TOKEN`. */
  ACCESS_TOKEN: string;
  /** Comma-separated. */
  ALLOWED_ORIGINS: string;
  API_URL?: string;
}

/** Made with the first request, because a Worker has no environment before. */
let exchange: ((request: Request) => Promise<Response>) | undefined;

export default {
  fetch(request: Request, environment: WorkerEnvironment): Promise<Response> {
    exchange ??= createRecentPurchases({
      clientId: environment.CLIENT_ID,
      clientSecret: environment.CLIENT_SECRET,
      storeHash: environment.STORE_HASH,
      accessToken: environment.ACCESS_TOKEN,
      allowedOrigins: environment.ALLOWED_ORIGINS,
      apiUrl: environment.API_URL,
    });
    return exchange(request);
  },
};
