/** Turns a customer's rewards into the card that the widget shows. */
import type { CardAction, CustomerCard } from 'bc-customer-widget';
import type { Purchase, Rewards } from './database.js';

const tiers = [
  { name: 'Bronze', from: 0 },
  { name: 'Silver', from: 500 },
  { name: 'Gold', from: 1000 },
] as const;

/** What one redemption costs. */
export const redeemablePoints = 100;

/** No heading: the theme gives it. */
export function toCard({ points, memberSince, purchases }: Rewards): CustomerCard {
  const tier = tiers.filter(({ from }) => points >= from).at(-1) ?? tiers[0];
  return {
    text: textFor(points),
    facts: [
      { label: 'Points', value: points, format: 'number' },
      { label: 'Tier', value: tier.name },
      { label: 'Member since', value: memberSince, format: 'date' },
    ],
    items: purchases.map(toItem),
    actions: [
      { label: 'See all orders', href: '/account.php' },
      ...(points >= redeemablePoints ? [redeemAction] : []),
    ],
  };
}

const redeemAction: CardAction = {
  label: `Redeem ${redeemablePoints} points`,
  method: 'POST',
  href: '/rewards/actions/redeem',
  confirm: `Exchange ${redeemablePoints} points for a $5 voucher?`,
};

function textFor(points: number): string {
  const next = tiers.find(({ from }) => from > points);
  if (!next) return 'You have reached our highest tier. Thank you!';
  return `Only ${next.from - points} more points to ${next.name}.`;
}

const price = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** Image and link are relative to the storefront. */
function toItem(purchase: Purchase) {
  return {
    title: purchase.title,
    image: `/product_images/${purchase.productId}.svg`,
    href: `/products.php?productId=${purchase.productId}`,
    meta: `${date.format(new Date(purchase.purchasedAt))} · ${price.format(purchase.price / 100)}`,
  };
}
