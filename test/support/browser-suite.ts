// Runs test files in Chromium with @web/test-runner. The page's own origin has a token endpoint in every mood
// (token-endpoint.ts), and another origin has a backend in every mood (backend.ts): real HTTP, real CORS.
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  startTestRunner,
  type TestResultError,
  type TestRunnerConfig,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { startBackend } from './backend.js';
import { findBrowser } from './browser.js';
import type { SuiteResult } from './suite-result.js';
import { tokenEndpoint } from './token-endpoint.js';

export async function runInBrowser(files: string[]): Promise<SuiteResult> {
  const { path, args, env } = await findBrowser();
  const backend = await startBackend();
  const result: SuiteResult = { passed: 0, failed: 0, skipped: 0 };
  const config: TestRunnerConfig = {
    files,
    nodeResolve: { exportConditions: ['production', 'default'] },
    browsers: [
      chromeLauncher({
        launchOptions: { executablePath: path, args, env },
        // A hidden tab gets no frames and no IntersectionObserver calls.
        async createPage({ context }) {
          const page = await context.newPage();
          await page.emulateFocusedPage(true);
          return page;
        },
      }),
    ],
    // Widgets of several tabs tell each other who is signed in, and each file is a tab.
    concurrency: 1,
    middleware: [tokenEndpoint()],
    plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' })],
    testRunnerHtml: (file: string) =>
      `<!doctype html><html lang="en"><body><script>globalThis.backend = ${JSON.stringify(backend.url)}</script>` +
      `<script type="module" src="${file}"></script></body></html>`,
    reporters: [
      {
        reportTestFileResults({ sessionsForTestFile }) {
          sessionsForTestFile.forEach(count);
        },
      },
    ],
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
  return result;

  function count({ testFile, errors, testResults }: TestSession): void {
    for (const error of errors) fail(testFile, error);
    if (testResults) countSuite(testResults);
  }

  function countSuite({ suites, tests }: TestSuiteResult): void {
    suites.forEach(countSuite);
    for (const { name, passed, skipped, error } of tests) {
      if (skipped) result.skipped += 1;
      else if (passed) result.passed += 1;
      else fail(name, error);
    }
  }

  function fail(name: string, error: TestResultError | undefined): void {
    result.failed += 1;
    console.error(`\n✖ ${name}\n${error?.message ?? ''}\n${error?.stack ?? ''}`);
  }
}
