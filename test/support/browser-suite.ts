// Runs test files in a browser with @web/test-runner. The page's own origin has a token endpoint in every mood
// (token-endpoint.ts), and another origin has a backend in every mood (backend.ts): real HTTP, real CORS.
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  startTestRunner,
  type TestResultError,
  type TestRunnerConfig,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { startBackend } from './backend.js';
import { engineNames, type Engine } from './engines.js';
import { launchers } from './launchers.js';
import type { Tally } from './suite-result.js';
import { tokenEndpoint } from './token-endpoint.js';

export async function runInBrowser(engine: Engine, files: string[], tally: Tally): Promise<void> {
  if (files.length === 0) return;
  const backend = await startBackend();
  let lastEnd = Date.now();
  const config: TestRunnerConfig = {
    files,
    nodeResolve: { exportConditions: ['production', 'default'] },
    browsers: [await launchers[engine]()],
    // Widgets of several tabs tell each other who is signed in, and each file is a tab.
    concurrency: 1,
    middleware: [tokenEndpoint()],
    plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' })],
    testRunnerHtml: (file: string) =>
      `<!doctype html><html lang="en"><body><script>globalThis.backend = ${JSON.stringify(backend.url)}</script>` +
      `<script type="module" src="${file}"></script></body></html>`,
    reporters: [
      {
        reportTestFileResults({ testFile, sessionsForTestFile }) {
          sessionsForTestFile.forEach(count);
          const now = Date.now();
          tally.addTime(testFile, now - lastEnd, engine);
          lastEnd = now;
        },
      },
    ],
    // Other suites run beside these: slow is not wrong.
    testFramework: { config: { timeout: 10_000 } },
    browserStartTimeout: 60_000,
  };
  try {
    const runner = await startTestRunner({
      config,
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
    });
    await new Promise((resolve) => runner?.on('stopped', resolve));
  } finally {
    await backend.close();
  }

  function count({ testFile, errors, testResults }: TestSession): void {
    for (const error of errors) fail(testFile, testFile, error);
    if (testResults) countSuite(testFile, testResults);
  }

  function countSuite(file: string, { suites, tests }: TestSuiteResult): void {
    for (const suite of suites) countSuite(file, suite);
    for (const { name, passed, skipped, error } of tests) {
      if (skipped) {
        tally.count(file, 'skipped', engine);
        console.log(`- skipped in ${engineNames[engine]}: ${name}`);
      } else if (passed) tally.count(file, 'passed', engine);
      else fail(file, name, error);
    }
  }

  function fail(file: string, name: string, error: TestResultError | undefined): void {
    tally.count(file, 'failed', engine);
    console.error(
      `\n✖ ${name}\n  ${file} in ${engineNames[engine]}\n${error?.message ?? ''}\n${error?.stack ?? ''}`,
    );
  }
}
