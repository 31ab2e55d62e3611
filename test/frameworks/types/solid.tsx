/** @jsxImportSource solid-js */
import type {} from 'bc-customer-widget/solid';

export const right = (
  <bc-customer-widget
    app-client-id="abc123"
    prop:headingLevel={3}
    loading="lazy"
    class="mine"
    prop:tokenSource={() => Promise.resolve(null)}
    on:bc-customer-load={({ detail }) => detail.data?.['points']}
    on:bc-customer-error={({ detail }) => detail.error.code === 'timeout'}
  />
);

// @ts-expect-error: one of three words
export const wrongWord = <bc-customer-widget loading="sometimes" />;
// @ts-expect-error: an event never carries the token
export const wrongDetail = <bc-customer-widget on:bc-customer-load={({ detail }) => detail.token} />;
