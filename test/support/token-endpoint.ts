// `/token/<mood>` on the tests' own origin: the storefront's token endpoint, well and in every way unwell.
import type { TestRunnerConfig } from '@web/test-runner';
import { signCurrentCustomer } from '../../src/server/index.js';
import { app, storeHash } from './store.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const dying = new Map<string, { token: string; until: number }>();

export function tokenEndpoint(): Middleware {
  return async (context, next) => {
    const [, root, mood, id = '1'] = context.path.split('/');
    if (root !== 'token') {
      await next();
      return;
    }
    context.set('cache-control', 'no-store');
    const token = () => tokenOf(Number(id));
    switch (mood) {
      case 'text':
        context.type = 'text/plain';
        context.body = `\n ${await token()} \n`;
        return;
      case 'json':
        context.body = { token: await token() };
        return;
      case 'quoted':
        context.type = 'json';
        context.body = JSON.stringify(await token());
        return;
      case 'guest':
        context.status = 404;
        context.body = { errors: [{ status: 404, title: 'No customer is signed in.' }] };
        return;
      case 'no-token':
        context.body = { token: null };
        return;
      case '204':
        context.status = 204;
        return;
      case 'html':
      case 'html-404':
        context.status = mood === 'html' ? 200 : 404;
        context.type = 'html';
        context.body = '<!doctype html><title>errors</title><p>A page of some kind.';
        return;
      case 'empty':
        context.status = 200;
        context.body = '';
        return;
      case 'garbage':
        context.body = ['a.b', 'a.b.c.d', 'a..c', 'a.b.ü', 'null', '{"token":7}', '[]'][Number(id)];
        return;
      case 'redirect':
        context.redirect('/token/html');
        return;
      // The same dying token until it has expired, then a new one, as a store does.
      case 'dying': {
        const key = context.search;
        const now = Date.now();
        dying.set(key, dying.get(key) ?? { token: await tokenOf(Number(id), 2), until: now + 2000 });
        const { token: last, until } = dying.get(key)!;
        context.body = until > now ? last : await token();
        return;
      }
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, 400));
        context.body = await token();
        return;
      default:
        context.status = Number(mood);
        if (mood === '429') context.set('retry-after', '7');
        context.body = 'No.';
    }
  };
}

export function tokenOf(id: number, expiresIn = 900): Promise<string> {
  return signCurrentCustomer({ id, email: `customer-${id}@example.com` }, { ...app, storeHash, expiresIn });
}
