// What the figures were measured on. No names: neither the machine's nor the user's.
import { arch, availableParallelism, cpus, totalmem, type } from 'node:os';
import { launchBrowser } from '../../support/storefront.js';

export interface Machine {
  cores: number;
  processor: string;
  /** Gigabytes. */
  memory: number;
  system: string;
  node: string;
  browser: string;
}

export async function describeMachine(): Promise<Machine> {
  const browser = await launchBrowser();
  try {
    return {
      cores: availableParallelism(),
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      memory: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${arch()}`,
      node: process.version,
      browser: await browser.version(),
    };
  } finally {
    await browser.close();
  }
}

export function machineText({ cores, processor, memory, system, node, browser }: Machine): string {
  return `${cores} cores of ${processor}, ${memory} GB, ${system}, Node ${node}, ${browser}`;
}
