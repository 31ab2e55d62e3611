// What Page Builder's editor shows: sample data, and what the merchant still has to fill in. No request is made.
import { checkOptions, type CustomerDataOptions, type CustomerSnapshot } from '../client/index.js';
import type { CustomerCard } from '../card.js';

const sampleCard: CustomerCard = {
  text: 'This is where a signed-in customer sees their own data.',
  facts: [
    { label: 'Points', value: 1240, format: 'number' },
    { label: 'Tier', value: 'Gold' },
    { label: 'Member since', value: '2024-05-14', format: 'date' },
  ],
  items: [
    { title: 'A recent purchase', meta: '$21.00' },
    { title: 'The one before', meta: '$89.00' },
  ],
  actions: [{ label: 'See all orders', href: '#' }],
};

export const previewSnapshot: CustomerSnapshot = {
  state: 'ready',
  data: sampleCard as unknown as Record<string, unknown>,
};

/** The label of the preview, for the merchant: that the data is made up, or which setting is not right yet. */
export function previewNote(options: CustomerDataOptions): string {
  if (!options.appClientId) return 'Preview. To show real data, enter the client ID of your app.';
  if (!options.backendUrl) return 'Preview. To show real data, enter the address of your backend.';
  const problem = checkOptions(options);
  return problem === undefined
    ? 'Preview with sample data'
    : `Preview. To show real data, mend a setting: ${problem}`;
}
