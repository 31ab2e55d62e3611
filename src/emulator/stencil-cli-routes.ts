// What the real `stencil start` asks a store beside its pages, so that it can run on the emulated one.
import { Hono } from 'hono';

export function createStencilCliRoutes(storeHash: string): Hono {
  const routes = new Hono();
  const origin = (url: string) => new URL(url).origin;
  routes.get('/admin/oauth/info', (context) => context.json({ store_hash: storeHash }));
  routes.get('/stencil-version-check', (context) => {
    const url = origin(context.req.url);
    return context.json({ status: 'ok', sslUrl: url, baseUrl: url });
  });
  routes.get(`/stores/${storeHash}/v3/sites`, (context) =>
    context.json({ data: [{ id: 1, channel_id: 1, url: origin(context.req.url) }] }),
  );
  routes.get(`/stores/${storeHash}/v3/channels`, (context) => context.json({ data: [{ id: 1 }] }));
  routes.get(`/stores/${storeHash}/v3/settings/store/locale`, (context) =>
    context.json({
      data: { default_shopper_language: 'en', shopper_language_selection_method: 'browser' },
    }),
  );
  // The widgets that Page Builder put into a page's regions: there are none.
  routes.post('/graphql', (context) => {
    const rendered = { regions: [] };
    const content = { renderedRegionsByPageType: rendered, renderedRegionsByPageTypeAndEntityId: rendered };
    return context.json({ data: { site: { content } } });
  });
  return routes;
}
