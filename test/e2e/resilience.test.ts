// The resilience table: what the shopper sees, what was asked, and that the token is nowhere.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { openStage, type Stage } from '../support/fault-stage.js';
import { faultTable, play } from '../support/fault-table.js';
import { launchBrowser } from '../support/storefront.js';

let browser: Browser;
let stage: Stage;
before(async () => {
  browser = await launchBrowser();
  stage = await openStage(browser);
});
after(async () => {
  await stage.close();
  await browser.close();
});

for (const where of ['token endpoint', 'backend', 'page'] as const) {
  describe(where, () => {
    for (const row of faultTable.filter((one) => one.where === where)) {
      it(`${row.what}: ${row.expected.state} ${row.expected.code}`, async () => {
        assert.deepEqual(await play(row, stage), row.expected);
        assert.deepEqual(await stage.places(), []);
      });
    }
  });
}
