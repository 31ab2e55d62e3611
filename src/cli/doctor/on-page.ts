// The element on the page, and whether the page's policies let it work.
import { optionProblem } from '../option-problem.js';
import { isRootRelative } from '../root-relative.js';
import { forbiddenRequest, forbiddenScript, forbiddenTrustedTypes } from './csp.js';
import { failure, ok, skipped, warning, type Result } from './finding.js';
import type { Attributes, Page } from './page.js';
import type { WidgetScript } from './widget-script.js';

export interface Wanted {
  clientId: string;
  backend: URL;
}

/** @param isSignedIn somebody who is signed in should see an element */
export async function judgeElement(
  page: Page | undefined,
  wanted: Wanted,
  isSignedIn: boolean,
): Promise<Result> {
  if (!page) return skipped('There is no page to look at.');
  const { widgets } = page;
  if (widgets.length === 0) {
    if (!isSignedIn) {
      return skipped(
        "A guest's page has no element, as it should be in a theme. --cookie looks at a customer's.",
      );
    }
    return failure(
      `The page of a customer (${page.url.pathname}) has no <bc-customer-widget>.`,
      'Add it with npx bc-customer-widget add, or run doctor with the address of the page that has it.',
    );
  }
  for (const widget of widgets) {
    const problem = await attributeProblem(widget, page.url);
    if (problem) return failure(problem, 'Fill in the theme settings, or the attributes.');
  }
  const found = widgets.map((widget) => compare(widget, wanted, page.url));
  const difference = found.includes(undefined) ? undefined : found[0];
  if (difference) return failure(difference, 'Use the same on the page and here.');
  if (widgets.some((widget) => 'preview' in widget)) {
    return warning('The element shows sample data (preview).', 'Take the attribute away on live pages.');
  }
  return ok(`${page.url.pathname} has the element, with this client ID and this backend.`);
}

async function attributeProblem(widget: Attributes, page: URL): Promise<string | undefined> {
  const backend = widget['backend-url'] ?? '';
  const problem = await optionProblem({
    appClientId: widget['app-client-id'] ?? '',
    // Where the page is only the page knows.
    backendUrl: isRootRelative(backend) ? new URL(backend, 'https://storefront.example').href : backend,
  });
  return problem && `The element on ${page.pathname} is misconfigured: ${problem}`;
}

function compare(widget: Attributes, { clientId, backend }: Wanted, page: URL): string | undefined {
  const id = widget['app-client-id'] ?? '';
  if (id !== clientId) return `The element has the client ID ${id}, not ${clientId}.`;
  const address = new URL(widget['backend-url'] ?? '', page).href;
  return address === backend.href ? undefined : `The element asks ${address}, not ${backend.href}.`;
}

export function judgeConnect(page: Page | undefined, backend: URL): Result {
  if (!page) return skipped('There is no page to look at.');
  if (page.policies.length === 0) return ok('The page has no Content-Security-Policy.');
  const directive = forbiddenRequest(page.policies, backend, page.url);
  if (!directive) return ok(`The page's policy allows requests to ${backend.origin}.`);
  return failure(
    `The page's Content-Security-Policy (${directive}) forbids requests to ${backend.origin}.`,
    `Add ${backend.origin} to connect-src.`,
  );
}

export function judgeScriptPolicy(page: Page | undefined, scripts: readonly WidgetScript[]): Result {
  const [script] = scripts;
  if (!page || !script) return skipped('There is no script of the widget to look at.');
  for (const { attributes, src, code } of scripts) {
    const { nonce, integrity } = attributes;
    const directive = forbiddenScript(page.policies, { src, code, nonce, integrity }, page.url);
    if (!directive) continue;
    return failure(
      `The page's Content-Security-Policy (${directive}) forbids the widget's script.`,
      'Give the script nonce="{{nonce}}", or list its origin there.',
    );
  }
  return ok("The page's policy lets the widget's script run.");
}

/** Lit makes its templates with the first, product cards are made with the second. */
const TRUSTED_TYPES = ['lit-html', 'bc-customer-widget'];

export function judgeTrustedTypes(page: Page | undefined): Result {
  if (!page) return skipped('There is no page to look at.');
  const isRequired = page.policies.some((policy) => policy.has('require-trusted-types-for'));
  const missing = forbiddenTrustedTypes(page.policies, TRUSTED_TYPES);
  if (missing.length === 0) {
    return ok(
      isRequired ? 'Trusted Types allow what the widget needs.' : 'The page requires no Trusted Types.',
    );
  }
  return failure(
    `The page's policy forbids the Trusted Types ${missing.join(' and ')}.`,
    `Add them: trusted-types ${TRUSTED_TYPES.join(' ')}.`,
  );
}
