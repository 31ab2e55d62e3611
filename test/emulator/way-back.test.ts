// After signing in a shopper is where they came from, on this store and nowhere else.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { visitorOf } from './visitor.js';

const store = createEmulator({ themeDir: 'example-theme' });

async function landing(query: string): Promise<string | null> {
  const visitor = visitorOf(store);
  await visitor.get(`/login.php${query}`);
  const { headers } = await visitor.signIn('ada@example.com');
  return headers.get('location');
}

describe('the way back after signing in', () => {
  test('leads to the account without another wish', async () => {
    assert.equal(await landing(''), '/account.php');
  });

  test('leads to the page in `from`, with its query', async () => {
    assert.equal(
      await landing('?from=account.php%3Faction%3Dorder_status'),
      '/account.php?action=order_status',
    );
  });

  test('is forgotten once the sign-in page is opened without it', async () => {
    const visitor = visitorOf(store);
    await visitor.get('/login.php?from=cart.php');
    await visitor.get('/login.php');
    assert.equal((await visitor.signIn('ada@example.com')).headers.get('location'), '/account.php');
  });

  for (const from of [
    'https://evil.example.com/',
    '//evil.example.com',
    '/\\evil.example.com',
    'javascript:alert(1)',
    'http://',
  ]) {
    test(`never leads to another site: ${from}`, async () => {
      assert.equal(await landing(`?from=${encodeURIComponent(from)}`), '/account.php');
    });
  }
});
