// Home, categories, products, search, and the products' pictures.
import { Hono } from 'hono';
import { productContext } from './page-context.js';
import { productImage } from './product-image.js';
import type { ShowPage } from './show-page.js';
import type { Store } from './store.js';

export function createCatalogueRoutes(store: Store, showPage: ShowPage): Hono {
  const routes = new Hono();
  const cards = (url: string, products: Store['products']) =>
    products.map((product) => productContext(product, new URL(url).origin));

  routes.get('/', (context) =>
    showPage(context, {
      template: 'pages/home',
      title: 'Home',
      context: { products: { featured: cards(context.req.url, store.products) } },
    }),
  );

  routes.get('/products.php', (context, next) => {
    const product = store.product(Number(context.req.query('productId')));
    if (!product) return next();
    const [card] = cards(context.req.url, [product]);
    return showPage(context, {
      template: 'pages/product',
      title: product.name,
      entityId: product.id,
      context: { product: card },
    });
  });

  routes.get('/search.php', (context) => {
    const query = context.req.query('search_query')?.trim() ?? '';
    const words = query.toLowerCase().split(/\s+/);
    const found = store.products.filter(({ name, description }) =>
      words.every((word) => `${name} ${description}`.toLowerCase().includes(word)),
    );
    return showPage(context, {
      template: 'pages/search',
      title: 'Search',
      context: {
        forms: { search: { query } },
        product_results: { products: query ? cards(context.req.url, found) : [] },
      },
    });
  });

  routes.get('/product_images/:file{[0-9]+\\.svg}', (context, next) => {
    const image = productImage(Number.parseInt(context.req.param('file'), 10));
    return image ? context.body(image, 200, { 'Content-Type': 'image/svg+xml' }) : next();
  });

  routes.get('/:slug/', (context, next) => {
    const category = store.categories.find(({ slug }) => slug === context.req.param('slug'));
    if (!category) return next();
    const products = store.products.filter(({ id }) => category.productIds.includes(id));
    return showPage(context, {
      template: 'pages/category',
      title: category.name,
      entityId: category.id,
      context: {
        category: { id: category.id, name: category.name, products: cards(context.req.url, products) },
      },
    });
  });

  return routes;
}
