/** @jsxImportSource preact */
import type {} from 'bc-customer-widget/preact';

export const right = (
  <bc-customer-widget
    app-client-id="abc123"
    headingLevel={3}
    loading="lazy"
    class="mine"
    ref={(element) => void element?.refresh()}
    tokenSource={() => Promise.resolve(null)}
    onbc-customer-load={({ detail }) => detail.data?.['points']}
    onbc-customer-error={({ detail }) => detail.error.code === 'timeout'}
  />
);

// @ts-expect-error: one of three words
export const wrongWord = <bc-customer-widget loading="sometimes" />;
// @ts-expect-error: no such property
export const wrongName = <bc-customer-widget backendAddress="/b" />;
// @ts-expect-error: an event never carries the token
export const wrongDetail = <bc-customer-widget onbc-customer-load={({ detail }) => detail.token} />;
