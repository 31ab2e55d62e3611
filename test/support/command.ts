// Runs npm beside whatever else goes on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @throws Error when npm fails; its own messages have been shown by then */
export async function npm(...words: string[]): Promise<void> {
  const child = spawn('npm', words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`npm ${words.join(' ')} failed; its messages are above.`);
}
