// Runs test files with Node's own test runner: a process for each file, only failures printed.
import { once } from 'node:events';
import { inspect } from 'node:util';
import { run } from 'node:test';
import type { SuiteResult } from './suite-result.js';

export async function runOnNode(files: string[]): Promise<SuiteResult> {
  const result: SuiteResult = { passed: 0, failed: 0, skipped: 0 };
  const stream = run({ files, concurrency: 2 });
  stream.on('test:pass', ({ details, skip }) => {
    if (details.type === 'suite') return;
    if (skip === undefined) result.passed += 1;
    else result.skipped += 1;
  });
  stream.on('test:fail', ({ name, file, details }) => {
    const { cause, failureType } = details.error as Error & { failureType?: string };
    // A suite fails because of its tests, which are counted; it counts itself where its own hook failed.
    if (failureType === 'subtestsFailed') return;
    result.failed += 1;
    console.error(
      `\n✖ ${name}\n  ${file ?? ''}\n${inspect(cause ?? details.error, { colors: process.stdout.isTTY })}`,
    );
  });
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  // The stream only flows while somebody reads it.
  stream.resume();
  await once(stream, 'end');
  return result;
}
