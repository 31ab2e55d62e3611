// Who shows a customer's card in a page: the widget, the least that could do it, and the documentation's snippet.

export type Contender = 'widget' | 'floor' | 'snippet';

/**
 * How the token travels. `text` needs no preflight request, `bearer` does: `remembered` when the browser knows the
 * answer from an earlier page, `asked` when it does not.
 */
export type Wire = 'text' | 'remembered' | 'asked';

export interface PageOptions {
  contender: Contender;
  wire: Wire;
  backendUrl: string;
  clientId: string;
  /** How many widgets, all alike. */
  widgets?: number;
}

/** Milliseconds, as the page measures them. */
export interface Moments {
  /** From the script's first line to data on the page. */
  total: number;
  /** From the script's first line to the token request. */
  before: number;
  /** From the token to the exchange. */
  between: number;
  /** From the exchange's answer to data on the page. */
  after: number;
}

/** Two chained requests, the same that the widget makes, and one text on the page. Nothing checks anything. */
const floor = `performance.mark('script-start');
const { wire, backendUrl, clientId } = document.body.dataset;
const address = '/customer/current.jwt?app_client_id=' + clientId;
const answer = await fetch(address, { credentials: 'same-origin', redirect: 'manual' });
const token = await answer.text();
const response = await fetch(backendUrl, {
  ...(wire === 'text'
    ? { method: 'POST', body: token, headers: { accept: 'application/json', 'content-type': 'text/plain' } }
    : { headers: { accept: 'application/json', authorization: 'Bearer ' + token } }),
  // With \`cache: 'no-store'\` Chromium asks for every preflight anew. The backend's answer forbids storing it anyway.
  credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer',
});
const card = await response.json();
document.getElementById('place').textContent = card.facts[0].label + ' ' + card.facts[0].value;
shown();
`;

/** BigCommerce's sample request, and its advice to "send this JWT in a POST request to your server". */
const snippet = `performance.mark('script-start');
const { backendUrl, clientId } = document.body.dataset;
const customerJWT = (apiAccountClientId) => {
  let resource = \`/customer/current.jwt?app_client_id=\${apiAccountClientId}\`;
  return fetch(resource)
    .then(response => {
      if (response.status === 200) {
        return response.text();
      } else {
        return new Error(\`response.status is \${response.status}\`);
      }
    })
    .catch(error => console.error(error));
};
customerJWT(clientId)
  .then(token => fetch(backendUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  }))
  .then(response => response.json())
  .then(card => {
    document.getElementById('place').textContent = card.facts[0].label + ' ' + card.facts[0].value;
    shown();
  });
`;

/** The modules that a page can name, but for the widget's own. */
export const contenders: Record<Exclude<Contender, 'widget'>, string> = { floor, snippet };

/** The document. `shown` is told when data is in it, and finds out whether that is true. */
export function pageOf({ contender, wire, backendUrl, clientId, widgets = 1 }: PageOptions): string {
  const isWidget = contender === 'widget';
  const transport = wire === 'text' ? ' transport="text"' : '';
  const element = `<bc-customer-widget app-client-id="${clientId}" backend-url="${backendUrl}"${transport}></bc-customer-widget>`;
  // The theme's partial gives the hint, the documentation's snippet does not.
  const preconnect =
    contender === 'snippet' ? '' : `<link rel="preconnect" href="${backendUrl}" crossorigin>`;
  const source = isWidget ? '/assets/bc-customer-widget.min.js' : `/contenders/${contender}.js`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${contender}</title>
<link rel="icon" href="data:,">${preconnect}
<style>bc-customer-widget:not(:defined){display:block;min-block-size:16rem}</style></head>
<body data-wire="${wire}" data-backend-url="${backendUrl}" data-client-id="${clientId}">
<script>
let settle, left = ${widgets};
globalThis.measured = new Promise((resolve) => { settle = resolve; });
function shown() {
  if (--left > 0) return;
  const now = performance.now();
  const widget = document.querySelector('bc-customer-widget');
  const text = widget ? widget.shadowRoot.textContent : document.getElementById('place').textContent;
  if (!/Points\\s*1,?240/.test(text)) return settle('it says so, and there is no data');
  tell(now);
}
function tell(now) {
  const entryOf = (part) => performance.getEntriesByType('resource').find(({ name }) => name.includes(part));
  const start = performance.getEntriesByName('script-start')[0].startTime;
  const token = entryOf('/customer/current.jwt');
  const exchange = entryOf('/card/');
  // The browser writes a request down after the page has got its answer.
  if (!exchange) return setTimeout(tell, 5, now);
  settle({
    total: now - start,
    before: token.startTime - start,
    between: exchange.startTime - token.responseEnd,
    after: now - exchange.responseEnd,
  });
}
document.addEventListener('bc-customer-load', shown);
document.addEventListener('bc-customer-error', ({ detail }) => settle(detail.error.code));
addEventListener('error', ({ message }) => settle(message));
addEventListener('unhandledrejection', ({ reason }) => settle(String(reason)));
</script>
<p id="place"></p>
${isWidget ? element.repeat(widgets) : ''}
<script type="module" src="${source}"></script></body></html>`;
}
