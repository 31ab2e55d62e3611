// What the figures were measured on. No names: neither the machine's nor the user's.
import { arch, availableParallelism, cpus, loadavg, totalmem, type } from 'node:os';
import { launchBrowser } from '../../support/storefront.js';

export interface Machine {
  cores: number;
  processor: string;
  /** Gigabytes. */
  memory: number;
  system: string;
  node: string;
  browser: string;
  /** How many programs wanted a processor in the minute before, on average. With more than cores, figures suffer. */
  load: number;
}

export async function describeMachine(): Promise<Machine> {
  const load = loadavg()[0] ?? 0;
  const browser = await launchBrowser();
  try {
    return {
      cores: availableParallelism(),
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      memory: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${arch()}`,
      node: process.version,
      browser: await browser.version(),
      load,
    };
  } finally {
    await browser.close();
  }
}

export function machineText({ cores, processor, memory, system, node, browser, load }: Machine): string {
  const busy = `a load of ${load.toFixed(1)} when it began`;
  return `${cores} cores of ${processor}, ${memory} GB, ${system}, Node ${node}, ${browser}, ${busy}`;
}
