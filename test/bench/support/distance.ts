// The distant shop (distant-shop.ts), as the benches use it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import type { Contender, Moments, Wire } from './contenders.js';
import type { Order, Report } from './distant-shop.js';

export interface PageAddress {
  contender: Contender;
  wire: Wire;
  /** How many widgets, all alike. */
  widgets?: number;
}

export interface DistantShop {
  /** Sets the round trip, in milliseconds; tells what was asked since the last time. */
  order: (roundTrip: number) => Promise<Report>;
  address: (page: PageAddress) => string;
  close: () => void;
}

let ids = 0;

export async function openDistantShop(): Promise<DistantShop> {
  const server = fork(fileURLToPath(new URL('distant-shop.ts', import.meta.url)));
  const order = async (roundTrip: number): Promise<Report> => {
    server.send({ roundTrip } satisfies Order);
    const [report] = (await once(server, 'message')) as [Report];
    return report;
  };
  const { shopUrl } = await order(0);
  return {
    order,
    address({ contender, wire, widgets = 1 }) {
      // Browsers remember the answer to a preflight by its address: a new one is asked about anew.
      const id = wire === 'asked' ? String((ids += 1)) : '';
      const query = new URLSearchParams({ contender, wire, id, widgets: String(widgets) });
      return `${shopUrl}/?${query.toString()}`;
    },
    close() {
      server.disconnect();
    },
  };
}

/** Opens a page and waits for its data. */
export async function timeToData(page: Page, address: string): Promise<Moments> {
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  const measured = await page.evaluate(
    () => (globalThis as unknown as { measured: Promise<Moments | string> }).measured,
  );
  if (typeof measured === 'string') throw new Error(`${address} did not show data: ${measured}.`);
  return measured;
}
