// What Page Builder's editor shows: sample data, and what the merchant still has to fill in. No request is made.
import type { html, TemplateResult } from 'lit';
import type { CustomerDataOptions, CustomerSnapshot } from '../client/index.js';
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

const snapshot: CustomerSnapshot = {
  state: 'ready',
  data: sampleCard as unknown as Record<string, unknown>,
};

export interface Preview {
  snapshot: CustomerSnapshot;
  /** For the merchant: that the data is made up, or which setting is not right yet. */
  note: TemplateResult;
}

/**
 * @param tag Lit's: a part has no copy of it
 * @param check of the options, which rejects with what is wrong with them
 */
export async function createPreview(
  tag: typeof html,
  options: CustomerDataOptions,
  check: Promise<void>,
): Promise<Preview> {
  const problem = await check.then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  return { snapshot, note: tag`<p part="preview" class="words">${noteFor(options, problem)}</p>` };
}

function noteFor({ appClientId, backendUrl }: CustomerDataOptions, problem: string | undefined): string {
  if (!appClientId) return 'Preview. To show real data, enter the client ID of your app.';
  if (!backendUrl) return 'Preview. To show real data, enter the address of your backend.';
  return problem === undefined
    ? 'Preview with sample data'
    : `Preview. To show real data, mend a setting: ${problem}`;
}
