// The types that Vue's and Svelte's language tools look up for the tag.
import type {} from 'bc-customer-widget/svelte';
import type {} from 'bc-customer-widget/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

type InVue = InstanceType<GlobalComponents['bc-customer-widget']>['$props'];
type InSvelte = SvelteHTMLElements['bc-customer-widget'];

export const vue: InVue = {
  'app-client-id': 'abc123',
  headingLevel: 3,
  tokenSource: () => Promise.resolve(null),
  onBcCustomerLoad: ({ detail }) => detail.data?.['points'],
};
export const svelte: InSvelte = {
  'app-client-id': 'abc123',
  headingLevel: 3,
  tokenSource: () => Promise.resolve(null),
  'onbc-customer-load': ({ detail }) => detail.data?.['points'],
};
// @ts-expect-error: one of three words
export const wrongInVue: InVue = { loading: 'sometimes' };
// @ts-expect-error: one of three words
export const wrongInSvelte: InSvelte = { loading: 'sometimes' };
