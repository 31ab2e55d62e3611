// What the text around a snippet takes for granted, for the type check of the snippets.
import type { CurrentCustomer, ExchangeOptions, IdempotencyStore } from 'bc-customer-widget/server';
import type { CustomerDataOptions, CustomerSession, TokenSource } from 'bc-customer-widget/client';
import type { BcCustomerWidget } from 'bc-customer-widget';

declare global {
  const accessToken: string;
  const clientId: string;
  const clientSecret: string;
  const token: string;
  const customer: CurrentCustomer;
  const signal: AbortSignal;
  const controller: AbortController;
  const error: unknown;
  const element: BcCustomerWidget;
  const widget: BcCustomerWidget;
  const container: HTMLElement;
  const options: ExchangeOptions & CustomerDataOptions;
  const session: CustomerSession;
  const store: IdempotencyStore;
  const tokenSource: TokenSource;
  const load: ExchangeOptions['load'];
  function pointsOf(storeHash: string, customerId: number): Promise<number>;
  function points(storeHash: string, customerId: number): Promise<number>;
  function balanceOf(storeHash: string, customerId: number): Promise<number>;
  function redeem(customer: CurrentCustomer, key: string | undefined): Promise<unknown>;
  function render(state: string, data?: unknown, error?: unknown): void;
  function show(data: unknown): void;
  function showSignIn(): void;
  function setPoints(points: unknown): void;
  function signOut(): Promise<void>;
  function getSessionCustomerAccessToken(): Promise<string | undefined>;
  function fetchCustomer(accessToken: string): Promise<{ entityId: number; email: string } | undefined>;
  const app: import('hono').Hono;
}
