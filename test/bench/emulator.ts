/** How long the emulated store takes to render a page of the example theme. */
import { createEmulator } from '../../src/emulator/index.js';
import { visitorOf } from '../emulator/visitor.js';
import type { Bench } from './support/bench.js';
import { inWords, spreadOf, type Spread } from './support/statistics.js';

/** Milliseconds. */
const promised = 100;

export interface PageTime {
  page: string;
  /** The first time, in milliseconds. */
  first: number;
  again: Spread;
}

const bench: Bench<PageTime[]> = async ({ progress, isTiny }) => {
  const store = createEmulator({ themeDir: 'example-theme' });
  const guest = visitorOf(store);
  const ada = visitorOf(store);
  await ada.signIn('ada@example.com');
  const pages = {
    'Home, a guest': () => guest.get('/'),
    'Home, signed in': () => ada.get('/'),
    'Account, signed in': () => ada.get('/account.php'),
  };
  const figures: PageTime[] = [];
  for (const [page, visit] of Object.entries(pages)) {
    progress(page);
    const time = async () => {
      const start = performance.now();
      const response = await visit();
      await response.text();
      if (response.status !== 200) throw new Error(`${page} answered ${response.status}.`);
      return performance.now() - start;
    };
    const first = await time();
    const again: number[] = [];
    for (let round = 0; round < (isTiny ? 1 : 40); round += 1) again.push(await time());
    figures.push({ page, first, again: spreadOf(again) });
  }
  return {
    tables: [
      {
        caption: 'Pages of the example theme',
        head: ['Page', 'First, ms', 'Again, ms'],
        rows: figures.map(({ page, first, again }) => [page, first.toFixed(0), inWords(again)]),
      },
    ],
    targets: figures
      .filter(({ page }) => page.startsWith('Home'))
      .map(({ page, again }) => ({
        what: `emulated store: ${page.charAt(0).toLowerCase()}${page.slice(1)}`,
        measured: `${inWords(again)} ms`,
        limit: `${promised} ms`,
        isMet: again.median <= promised,
      })),
    failures: [],
    notes: ['The theme is read anew for every page, so that edits show.'],
    figures,
  };
};
export default bench;
