// The checks, by id, in the order in which they are told.
import { version } from '../../version.js';
import { CommandError } from '../command-error.js';
import { createDraft } from '../draft.js';
import type { PackageFiles } from '../package-files.js';
import { createAsk, isReply, OutOfTime } from './ask.js';
import * as backend from './backend.js';
import { gather, type Evidence, type Subject } from './evidence.js';
import { failure, ok, skipped, warning, type Checks, type Finding, type Result } from './finding.js';
import * as onPage from './on-page.js';
import { isSignedIn, sessionChecks } from './session-checks.js';
import { judgeGuestToken, judgeStorefront } from './storefront.js';
import * as theme from './theme.js';
import { readTemplates } from './theme-templates.js';
import * as script from './widget-script.js';

export interface Examined extends Subject {
  theme?: { folder: string; source: PackageFiles } | undefined;
}

export interface Examination {
  id: string;
  finding: Promise<Finding>;
}

/** Begins all checks at once. Their findings come when they are known. `stop` ends what is still being asked. */
export function examine(subject: Examined): { examinations: Examination[]; stop: () => void } {
  const { ask, stop } = createAsk();
  const evidence = gather(subject, ask);
  const checks: Checks = {
    ...storefrontChecks(evidence, subject),
    ...backendChecks(evidence, subject),
    ...pageChecks(evidence, subject),
    ...(subject.theme && themeChecks(evidence, subject, subject.theme)),
    ...(subject.cookie !== undefined && sessionChecks(evidence, subject)),
  };
  const examinations = Object.entries(checks).map(([id, check]) => {
    const finding = check()
      .catch(sayThatTimeIsUp)
      .then((result) => ({ id, ...result }));
    // Looked at in order: a fault of this program's own must wait for its turn, too.
    finding.catch(() => undefined);
    return { id, finding };
  });
  return { examinations, stop };
}

function sayThatTimeIsUp(error: unknown): Result {
  if (!(error instanceof OutOfTime)) throw error;
  return warning('There was no time left for this: something answers slowly.', 'Run doctor again.');
}

function storefrontChecks(evidence: Evidence, { tokenUrl }: Subject): Checks {
  return {
    'storefront-reachable': async () => judgeStorefront(await evidence.guestPage()),
    'token-endpoint': async () => {
      const storefront = judgeStorefront(await evidence.guestPage());
      if (storefront.verdict === 'failure') return skipped('The storefront itself fails.');
      return judgeGuestToken(await evidence.guestToken(), tokenUrl !== undefined);
    },
  };
}

function backendChecks(evidence: Evidence, { storefront, backend: url }: Subject): Checks {
  const question = { origin: storefront.origin, isSameOrigin: url.origin === storefront.origin };
  const answer = async () => backend.judgeAnswer(await evidence.withoutToken());
  /** That it is not there is said once. */
  const ifThere = (check: () => Promise<Result>) => async () =>
    backend.isElsewhere(await evidence.withoutToken()) ? skipped('The backend is not there.') : check();
  const preflight = async () => backend.judgePreflight(await evidence.preflight(), question);
  return {
    'backend-answers': answer,
    'backend-preflight': ifThere(preflight),
    'backend-preflight-actions': ifThere(async () =>
      (await preflight()).verdict === 'failure'
        ? skipped('The preflight request before a read fails already.')
        : backend.judgeActionPreflight(await evidence.actionPreflight(), question),
    ),
    'backend-cors': ifThere(async () => backend.judgeCors(await evidence.fromPage(), question)),
    'backend-garbage-token': ifThere(async () =>
      backend.judgeRefusal('Something that is no token', await evidence.withGarbage(), await answer()),
    ),
    'backend-unsigned-token': ifThere(async () =>
      backend.judgeRefusal('A token without a signature', await evidence.withUnsigned(), await answer()),
    ),
    'backend-forged-token': ifThere(async () =>
      backend.judgeRefusal('A token with a made-up signature', await evidence.withForged(), await answer()),
    ),
    'backend-no-store': ifThere(async () => backend.judgeNoStore(await evidence.fromPage(), 'An error')),
    'backend-clock': ifThere(async () =>
      backend.judgeClock(await evidence.withoutToken(), await evidence.guestPage()),
    ),
  };
}

function pageChecks(evidence: Evidence, subject: Subject): Checks {
  const { widgetPage, scripts, scriptFile } = evidence;
  /** Checks that need the script's file, once it is known that a browser would run it. */
  const ifLoaded = (check: (loaded: script.LoadedScript) => Result | Promise<Result>) => async () => {
    const [page, [first], file] = await Promise.all([widgetPage(), scripts(), scriptFile()]);
    const isThere = page && first && file && isReply(file) && file.status === 200;
    return isThere ? check({ script: first, file, page }) : skipped('There is no file to look at.');
  };
  return {
    'page-element': async () => {
      const isCustomer = subject.cookie !== undefined && (await isSignedIn(evidence));
      return onPage.judgeElement(await widgetPage(), subject, isCustomer);
    },
    'page-script': async () => {
      const [page, [first], file] = await Promise.all([widgetPage(), scripts(), scriptFile()]);
      if (page && first && file) return script.judgeScript(first, file, page);
      if (!page?.widgets.length) return skipped('There is no element that needs one.');
      return (await evidence.bundled())
        ? ok("The element is in one of the page's own bundles.")
        : failure('The page has the element, but nothing that loads it.', script.LOAD_IT);
    },
    'page-script-version': ifLoaded(({ file }) => script.judgeVersion(file)),
    'page-script-integrity': ifLoaded(script.judgeIntegrity),
    'page-script-parts': ifLoaded(async ({ page }) => {
      return script.judgeParts(await evidence.scriptParts(), page);
    }),
    'page-script-copies': ifLoaded(async () => script.judgeCopies(await scripts())),
    'page-csp-connect': async () => onPage.judgeConnect(await widgetPage(), subject.backend),
    'page-csp-script': async () => onPage.judgeScriptPolicy(await widgetPage(), await scripts()),
    'page-trusted-types': async () => onPage.judgeTrustedTypes(await widgetPage()),
  };
}

function themeChecks(
  evidence: Evidence,
  subject: Subject,
  { folder, source }: { folder: string; source: PackageFiles },
): Checks {
  const draft = createDraft(folder);
  const reading = readTemplates(draft);
  const missing = theme.missingFiles(createDraft(folder), source);
  /** A theme that writes the element itself needs none of our files. */
  const ifPartials = (check: () => Result | Promise<Result>) => async () => {
    try {
      const [{ includes, elements }, { isForeign }] = await Promise.all([reading, missing]);
      const writesItself = includes.length === 0 && elements.length > 0 && isForeign;
      return writesItself ? skipped('The theme writes the element itself.') : await check();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return failure(error.message, 'Correct the file, and run doctor again.');
    }
  };
  return {
    'theme-installed': ifPartials(async () => theme.judgeInstalled(await missing, version)),
    'theme-include': async () => theme.judgeInclude(await reading),
    'theme-scope': async () => theme.judgeScope(await reading),
    'theme-guard': async () => theme.judgeGuard(await reading),
    'theme-nonce': async () => theme.judgeNonce(await reading),
    'theme-settings': ifPartials(async () => {
      const page = await evidence.widgetPage();
      const { verdict } = await onPage.judgeElement(page, subject, false);
      const isPassed = (await reading).includes.some(({ passesSettings }) => passesSettings);
      return theme.judgeSettings(draft, await missing, subject, verdict === 'ok' || isPassed);
    }),
    'theme-words': ifPartials(async () => theme.judgeWords(await missing)),
  };
}
