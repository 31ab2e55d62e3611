// Runs test files with Node's own test runner: a process for each file, only failures and skips printed.
import { once } from 'node:events';
import { run } from 'node:test';
import { inspect } from 'node:util';
import type { Tally } from './suite-result.js';

export async function runOnNode(files: string[], tally: Tally): Promise<void> {
  if (files.length === 0) return;
  // A file that hangs is a failure, and ends.
  const stream = run({ files, concurrency: 3, timeout: 180_000 });
  stream.on('test:pass', ({ name, file = '', details, skip }) => {
    if (details.type === 'suite') return;
    tally.count(file, skip === undefined ? 'passed' : 'skipped');
    if (skip !== undefined) console.log(`- skipped: ${name} (${String(skip)})`);
  });
  stream.on('test:fail', ({ name, file = '', details }) => {
    const { cause, failureType } = details.error as Error & { failureType?: string };
    // A suite fails because of its tests, which are counted; it counts itself where its own hook failed.
    if (failureType === 'subtestsFailed') return;
    tally.count(file, 'failed');
    console.error(
      `\n✖ ${name}\n  ${file}\n${inspect(cause ?? details.error, { colors: process.stdout.isTTY })}`,
    );
  });
  // A file is a test itself, named like its path.
  stream.on('test:complete', ({ name, file = '', details, nesting }) => {
    if (nesting === 0 && file.endsWith(name)) tally.addTime(file, details.duration_ms);
  });
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  // The stream only flows while somebody reads it.
  stream.resume();
  await once(stream, 'end');
}
