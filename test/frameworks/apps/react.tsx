import type { AppProps, Mount } from './contract.js';
import 'bc-customer-widget';
import type {} from 'bc-customer-widget/react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

function App({ heading, backendUrl, tokenSource, timeout, isShown, template, onLoad, onGuest }: AppProps) {
  return (
    <main>
      {isShown && (
        <bc-customer-widget
          app-client-id="abc123"
          backend-url={backendUrl}
          heading={heading}
          headingLevel={3}
          customerId={1}
          timeout={timeout}
          preview={false}
          variant="plain"
          tokenSource={tokenSource}
          onbc-customer-load={onLoad}
          onbc-customer-guest={onGuest}
        >
          <p slot="empty">Nothing under {heading}</p>
          {template && <template dangerouslySetInnerHTML={{ __html: template }} />}
        </bc-customer-widget>
      )}
    </main>
  );
}

export const mount: Mount = (target, props) => {
  const root = createRoot(target);
  const render = () => {
    flushSync(() => {
      root.render(<App {...props} />);
    });
  };
  render();
  return {
    update(change) {
      props = { ...props, ...change };
      render();
    },
    unmount: () => {
      root.unmount();
    },
  };
};
