// The invented store and app of the browser tests.
export const storeHash = 'teststore';

export const app = {
  clientId: 'testapp4customerwidget00000001',
  clientSecret: 'synthetic-client-secret-of-the-test-app-0123456789abcdef0123456789abcdef',
};
