// The state of the emulated store: who is signed in, and what there is to buy.
import { randomUUID } from 'node:crypto';
import { sampleOrders, type EmulatedOrder } from './management/sample-orders.js';
import {
  sampleStore,
  type EmulatedApp,
  type EmulatedCategory,
  type EmulatedCustomer,
  type EmulatedProduct,
} from './sample-store.js';

export interface StoreOptions {
  /** The store's hash, as in `stores/{hash}`. Default: the sample store's. */
  storeHash?: string;
  /** The apps that tokens are issued for. Default: the sample store's one app. */
  apps?: EmulatedApp[];
  /** The customers who can sign in. Default: the sample store's three. */
  customers?: EmulatedCustomer[];
}

export interface Store {
  readonly storeHash: string;
  readonly products: readonly EmulatedProduct[];
  readonly categories: readonly EmulatedCategory[];
  readonly customers: readonly EmulatedCustomer[];
  app(clientId: string): EmulatedApp | undefined;
  product(id: number): EmulatedProduct | undefined;
  /** Starts a session and gives its id; undefined when e-mail and password do not match. */
  signIn(email: string, password: string): string | undefined;
  /** Starts a session without a password; undefined when there is no such customer. */
  signInAs(customerId: number): string | undefined;
  /** Starts a session for a new customer; undefined when the e-mail has an account. */
  createAccount(details: Omit<EmulatedCustomer, 'id'>): string | undefined;
  signOut(sessionId: string | undefined): void;
  customer(sessionId: string | undefined): EmulatedCustomer | undefined;
  /** The customer's orders, newest first. */
  orders(customer: EmulatedCustomer): EmulatedOrder[];
}

export function createStore(options: StoreOptions = {}): Store {
  const { storeHash, apps, products, categories, ...given } = { ...sampleStore, ...options };
  const customers: EmulatedCustomer[] = [...given.customers];
  const sessions = new Map<string, EmulatedCustomer>();
  const startSession = (customer: EmulatedCustomer | undefined) => {
    if (!customer) return undefined;
    const sessionId = randomUUID();
    sessions.set(sessionId, customer);
    return sessionId;
  };
  return {
    storeHash,
    products,
    categories,
    customers,
    app: (clientId) => apps.find((app) => app.clientId === clientId),
    product: (id) => products.find((product) => product.id === id),
    signIn(email, password) {
      const wanted = email.trim().toLowerCase();
      return startSession(
        customers.find((one) => one.email.toLowerCase() === wanted && one.password === password),
      );
    },
    signInAs: (customerId) => startSession(customers.find(({ id }) => id === customerId)),
    createAccount(details) {
      const isTaken = customers.some(({ email }) => email.toLowerCase() === details.email.toLowerCase());
      if (isTaken) return undefined;
      const customer = { ...details, id: Math.max(0, ...customers.map(({ id }) => id)) + 1 };
      customers.push(customer);
      return startSession(customer);
    },
    signOut(sessionId) {
      if (sessionId) sessions.delete(sessionId);
    },
    orders: ({ id }) => [...sampleOrders].reverse().filter(({ customerId }) => customerId === id),
    customer: (sessionId) => (sessionId ? sessions.get(sessionId) : undefined),
  };
}
