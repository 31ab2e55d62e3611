/** The Lambda authorizer: refuses whoever brings no good token of this store and app. */
import { createAuthorizer } from 'bc-customer-widget/aws';

const { CLIENT_ID = '', CLIENT_SECRET = '', STORE_HASH = '' } = process.env;

export const handler = createAuthorizer({
  apps: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
  storeHashes: [STORE_HASH],
});
