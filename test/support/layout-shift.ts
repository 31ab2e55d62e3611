// How far a page has moved under the shopper's eyes (CLS).
import type { Page } from 'puppeteer-core';

/** The sum of all layout shifts so far, once the pictures are there and two more frames were drawn. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    const widget = document.querySelector('bc-customer-widget');
    const pictures = [widget, widget?.shadowRoot].flatMap((root) => [
      ...(root?.querySelectorAll('img') ?? []),
    ]);
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
    for (let frame = 0; frame < 2; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
    }
    return sum;
  });
}
