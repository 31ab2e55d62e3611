// The main job, in each engine: the real store, real signatures, two origins, a strict policy.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineNames } from '../support/engines.js';
import { startStorefront, type Storefront } from '../support/storefront.js';
import { arrive, inEngines } from './shopper.js';

let store: Storefront;
before(async () => {
  store = await startStorefront();
});
after(() => store.close());

for (const engine of inEngines) {
  describe('a shopper', () => {
    it(`with ${engineNames[engine]} gets nothing as a guest, their own card when signed in, and nothing again afterwards`, async (test) => {
      const { goTo, evaluate, until, signIn, widgetText, close } = await arrive(engine);
      test.after(close);
      const asked = () =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => /current\.jwt|customer-widget|rewards/.test(name));

      await goTo(`${store.url}/`);
      assert.deepEqual(await evaluate(asked), []);
      assert.ok(await evaluate(() => !document.querySelector('bc-customer-widget')));

      await signIn(store.url, 'ada@example.com');
      assert.match(await widgetText('ready'), /Your rewards.*Points1,240.*Tea sampler/);
      const requests = (await evaluate(asked)).filter((name) => name.includes('current.jwt'));
      assert.equal(requests.length, 1);

      await goTo(`${store.url}/login.php?action=logout`);
      assert.ok(await evaluate(() => !document.querySelector('bc-customer-widget')));
      await goTo(`${store.url}/account.php`);
      await until(() => location.pathname === '/login.php');

      await signIn(store.url, 'grace@example.com');
      const graces = await widgetText('ready');
      assert.match(graces, /Points/);
      assert.doesNotMatch(graces, /1,240|Tea sampler/);
    });
  });
}
