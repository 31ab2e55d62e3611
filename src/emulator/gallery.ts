// `/gallery`: the widget in every state and look, light and dark, in both directions. Nothing here needs a sign-in.
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { bundleFile } from '../page-builder/index.js';

const items = [
  { title: 'Tea sampler', image: '/product_images/106.svg', href: '#', meta: 'Oct 5, 2026 · $21.00' },
  { title: 'Wool blanket', text: 'Sea green', image: '/product_images/105.svg', href: '#', meta: '$89.00' },
  { title: 'Gift card', meta: '$25.00' },
];
const card = {
  text: 'Only 260 more points to Platinum.',
  facts: [
    { label: 'Points', value: 1240, format: 'number' },
    { label: 'Credit', value: 18.5, format: 'currency' },
    { label: 'Member since', value: '2024-05-14', format: 'date' },
  ],
  items,
  actions: [
    { label: 'See all orders', href: '#' },
    {
      label: 'Redeem 100 points',
      href: '/gallery/actions/redeem',
      method: 'POST',
      confirm: 'Exchange 100 points?',
    },
  ],
};

/** What the backend answers in each case. */
const answers: Record<string, unknown> = {
  card,
  object: { points: 1240, tier_name: 'Gold', memberSince: '2024-05-14', nested: { left: 'out' } },
  long: {
    heading: 'x'.repeat(80),
    text: 'y'.repeat(200),
    facts: [{ label: 'z'.repeat(40), value: 'w'.repeat(60) }],
  },
  template: { points: 1240, items },
  empty: {},
};

const template = `<template><p><strong data-bc-text="points" data-bc-format="number"></strong> points</p><ul>
  <li data-bc-each="items" data-bc-key="title"><a data-bc-if="href" data-bc-href="href" data-bc-text="title"></a>
  <span data-bc-unless="href" data-bc-text="title"></span></li></ul></template>`;

interface Case {
  name: string;
  /** One of the answers, or an address of its own. */
  answer?: string;
  token?: 'customer' | 'guest' | 'never';
  attributes?: string;
  content?: string;
}

const cases: Case[] = [
  { name: 'loading', token: 'never' },
  { name: 'loading, by a slot', token: 'never', content: '<p slot="loading">One moment, please.</p>' },
  { name: 'card', answer: 'card' },
  { name: 'card, narrow', answer: 'card', attributes: 'class="narrow"' },
  { name: 'card, plain and compact', answer: 'card', attributes: 'variant="plain" density="compact"' },
  { name: 'any object', answer: 'object' },
  { name: 'long words', answer: 'long' },
  { name: 'template', answer: 'template', content: template },
  { name: 'empty', answer: 'empty' },
  {
    name: 'empty, by a slot',
    answer: 'empty',
    content: '<p slot="empty">Buy something <a href="/">here</a>.</p>',
  },
  { name: 'guest', token: 'guest', attributes: 'guest="message" sign-in-text="Sign in"' },
  { name: 'guest, by a slot', token: 'guest', content: '<p slot="guest">Members save 10 %.</p>' },
  { name: 'error', answer: 'nowhere' },
  {
    name: 'error, by a slot',
    answer: 'nowhere',
    content: '<p slot="error">Call us: <a href="tel:+1">+1</a></p>',
  },
  { name: 'preview', attributes: 'preview' },
];

/** Three parts are all that a browser looks at. */
const token = `e30.${btoa(JSON.stringify({ customer: { id: 1 } })).replaceAll('=', '')}.c2ln`;

export function createGallery(): Hono {
  const routes = new Hono();
  routes.get('/gallery', (context) => {
    const { theme, direction } = context.req.query();
    const looks = ['light', 'dark'].flatMap((scheme) => ['ltr', 'rtl'].map((dir) => ({ scheme, dir })));
    const shown = looks.filter(
      ({ scheme, dir }) => (theme ?? scheme) === scheme && (direction ?? dir) === dir,
    );
    return context.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>Gallery</title>
            <style>
              ${raw(STYLES)}
            </style>
            <script type="module" src="/page-builder/${bundleFile('module')}"></script>
          </head>
          <body>
            <main>
              <h1>Every state of the widget</h1>
              ${shown.map(
                ({ scheme, dir }) =>
                  html`<section class="${scheme}" dir="${dir}" aria-label="${scheme}, ${dir}">
                    <h2>${scheme}, ${dir}</h2>
                    <div class="grid">${cases.map((one) => showCase(one, `${scheme}, ${dir}`))}</div>
                  </section>`,
              )}
            </main>
          </body>
        </html>`,
    );
  });

  routes.get('/gallery/token/:kind', async (context) => {
    const kind = context.req.param('kind');
    if (kind === 'guest') return context.json({ errors: [{ status: 404 }] }, 404);
    if (kind === 'never') await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    return context.text(token);
  });
  routes.get('/gallery/data/:answer', (context) => {
    const answer = answers[context.req.param('answer')];
    return answer ? context.json(answer) : context.json({ title: 'Nothing here' }, 404);
  });
  routes.post('/gallery/actions/redeem', (context) =>
    context.json({ ...card, text: 'Here is your voucher: TEA-100.' }),
  );
  return routes;
}

function showCase(
  { name, answer = 'card', token: kind = 'customer', attributes = '', content = '' }: Case,
  look: string,
) {
  const element = `<bc-customer-widget app-client-id="gallery" backend-url="/gallery/data/${answer}"
    token-url="/gallery/token/${kind}" heading="${name} (${look})" heading-level="3" currency="USD" timeout="50000" ${attributes}>
    ${content}</bc-customer-widget>`;
  return raw(element);
}

const STYLES = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
h1, section { padding: 1rem 1.5rem; margin: 0; }
section { background: Canvas; color: CanvasText; }
.light { color-scheme: light; }
.dark { color-scheme: dark; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1.5rem; align-items: start; }
.narrow { inline-size: 200px; }
`;
