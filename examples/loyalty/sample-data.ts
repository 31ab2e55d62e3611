/** What the sample customers have done so far: Ada (1) and Grace (2). Customer 3 is new and has done nothing. */

/** The sample store's products; prices in US cents. */
export const products = {
  101: { title: 'Stoneware mug', price: 1800 },
  102: { title: 'Linen tote bag', price: 2400 },
  103: { title: 'Pocket notebook', price: 900 },
  104: { title: 'Desk lamp', price: 6400 },
  105: { title: 'Wool blanket', price: 8900 },
  106: { title: 'Tea sampler', price: 2100 },
} as const;

interface SamplePurchase {
  purchase: string;
  customerId: number;
  productId: keyof typeof products;
  purchasedAt: string;
}

export const purchases: SamplePurchase[] = [
  { purchase: 'ada-1', customerId: 1, productId: 101, purchasedAt: '2026-03-02' },
  { purchase: 'ada-2', customerId: 1, productId: 105, purchasedAt: '2026-06-18' },
  { purchase: 'ada-3', customerId: 1, productId: 106, purchasedAt: '2026-10-05' },
  { purchase: 'grace-1', customerId: 2, productId: 104, purchasedAt: '2026-08-21' },
  { purchase: 'grace-2', customerId: 2, productId: 103, purchasedAt: '2026-09-30' },
];

export const ledger = [
  { entry: 'ada-0', customerId: 1, amount: 500, reason: 'Welcome', createdAt: '2024-05-14' },
  { entry: 'ada-1', customerId: 1, amount: 90, reason: 'Stoneware mug', createdAt: '2026-03-02' },
  { entry: 'ada-2', customerId: 1, amount: 445, reason: 'Wool blanket', createdAt: '2026-06-18' },
  { entry: 'ada-3', customerId: 1, amount: 105, reason: 'Tea sampler', createdAt: '2026-10-05' },
  { entry: 'ada-4', customerId: 1, amount: 100, reason: 'Birthday', createdAt: '2026-11-02' },
  { entry: 'grace-1', customerId: 2, amount: 320, reason: 'Desk lamp', createdAt: '2026-08-21' },
  { entry: 'grace-2', customerId: 2, amount: 45, reason: 'Pocket notebook', createdAt: '2026-09-30' },
];
