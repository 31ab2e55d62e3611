// What the sample customers have bought, and one order of a guest that no customer may see.
import { sampleStore } from '../sample-store.js';

/** An order as far as the emulated API tells of it. */
export interface EmulatedOrder {
  id: number;
  /** 0 for a guest. */
  customerId: number;
  /** ISO 8601. */
  createdAt: string;
  /** 10 is "Completed", 5 "Cancelled". */
  statusId: number;
  productIds: readonly number[];
}

export const sampleOrders: readonly EmulatedOrder[] = [
  { id: 1001, customerId: 1, createdAt: '2026-03-02T09:30:00Z', statusId: 10, productIds: [101] },
  { id: 1002, customerId: 1, createdAt: '2026-06-18T17:05:00Z', statusId: 10, productIds: [105] },
  { id: 1003, customerId: 2, createdAt: '2026-08-21T12:00:00Z', statusId: 10, productIds: [104] },
  { id: 1004, customerId: 0, createdAt: '2026-09-01T08:00:00Z', statusId: 10, productIds: [102] },
  { id: 1005, customerId: 2, createdAt: '2026-09-30T19:45:00Z', statusId: 10, productIds: [103] },
  { id: 1006, customerId: 1, createdAt: '2026-10-01T10:00:00Z', statusId: 5, productIds: [104] },
  { id: 1007, customerId: 1, createdAt: '2026-10-05T14:20:00Z', statusId: 10, productIds: [106, 101] },
];

/** The name and the price of a product; a product that is no longer sold keeps its place in old orders. */
export function soldProduct(id: number): { name: string; price: number } {
  return sampleStore.products.find((product) => product.id === id) ?? { name: `Product ${id}`, price: 0 };
}
