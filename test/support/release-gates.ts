// What has to be true of a release beside the package itself: versions, changelog, promises, and how it is published.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { committedSurface, readReference } from '../../tools/reference/index.js';
import { missingFrom, type Surface } from '../../tools/reference/public-surface.js';

export interface ReleaseGate {
  name: string;
  /** What was found, for people. @throws Error with what is wrong and what to do */
  check: () => string | Promise<string>;
}

const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
const manifest = () => JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

interface Manifest {
  version: string;
  repository?: { url?: string };
}

export const releaseGates: ReleaseGate[] = [
  {
    name: 'everything is committed',
    check: () => {
      const changed = git('status', '--porcelain');
      assert.equal(changed, '', `commit or remove:\n${changed}`);
      return git('rev-parse', '--short', 'HEAD');
    },
  },
  {
    name: 'the version is the same everywhere',
    check: () => {
      const { version } = manifest();
      const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Manifest;
      assert.equal(
        lock.version,
        version,
        'package-lock.json has another one: npm install --package-lock-only',
      );
      const tags = [process.env.GITHUB_REF_NAME ?? '', ...git('tag', '--points-at', 'HEAD').split('\n')];
      const wrong = tags.filter((tag) => /^v\d/.test(tag) && tag !== `v${version}`);
      assert.deepEqual(wrong, [], `package.json says ${version}`);
      const isTagged = tags.includes(`v${version}`);
      return isTagged ? `v${version}` : `${version}, not tagged yet`;
    },
  },
  {
    name: 'the changelog has the version',
    check: () => datedSection(readFileSync('CHANGELOG.md', 'utf8'), manifest().version),
  },
  {
    name: 'the version is raised as far as the public names demand',
    check: () => {
      const { version } = manifest();
      const tags = git('tag', '--list', 'v*', '--sort=-version:refname').split('\n');
      const before = tags.find((tag) => /^v\d+\.\d+\.\d+$/.test(tag) && tag !== `v${version}`);
      if (before === undefined) return 'the first release: nothing to compare with';
      const surface = git('show', `${before}:docs/public-surface.json`);
      const gone = missingFrom(committedSurface('.'), JSON.parse(surface) as Surface);
      assertRaised(before.slice(1), version, gone);
      return `${before}, ${gone.length} names are gone since`;
    },
  },
  {
    name: 'the API reference says what the source says',
    check: async () => {
      const { files } = await readReference('.');
      for (const [path, text] of Object.entries(files)) {
        assert.ok(readFileSync(path, 'utf8') === text, `${path} is out of date: npm run docs`);
      }
      return Object.keys(files).join(', ');
    },
  },
  {
    name: "the README's links lead to files that are committed",
    check: () => {
      const targets = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)#\s]+)/g)].map(([, to]) => to!);
      const files = targets.filter((target) => !target.includes(':'));
      const tracked = new Set(git('ls-files').split('\n'));
      const isTracked = (path: string) =>
        tracked.has(path) || [...tracked].some((file) => file.startsWith(`${path}/`));
      assert.deepEqual(
        files.filter((path) => !isTracked(path)),
        [],
      );
      return `${files.length} links`;
    },
  },
  {
    name: 'it can be published with provenance',
    check: () => {
      const url = manifest().repository?.url ?? '';
      const advice = 'npm compares it with the repository that the workflow runs in';
      assert.match(url, /github\.com/, `set "repository" in package.json: ${advice}`);
      const here = process.env.GITHUB_REPOSITORY;
      if (here)
        assert.ok(url.replace(/\.git$/, '').endsWith(`github.com/${here}`), `this is ${here}: ${advice}`);
      assert.ok(existsSync('.github/workflows/release.yml'));
      return url;
    },
  },
];

/** @throws Error when the changelog has no section with a date for the version, or something unreleased beside it */
export function datedSection(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.find(
    (section) => section.startsWith(`${version} `) || section.startsWith(`[${version}] `),
  );
  assert.ok(own, `write "## ${version} - ${new Date().toISOString().slice(0, 10)}" over what is new`);
  const [heading = '', ...lines] = own.split('\n');
  assert.match(heading, / \d{4}-\d{2}-\d{2}$/, `"${heading}" has no date`);
  assert.ok(
    lines.some((line) => line.startsWith('- ')),
    'nothing is listed for it',
  );
  const unreleased = sections
    .find((section) => section.startsWith('Unreleased'))
    ?.split('\n')
    .slice(1)
    .join('');
  assert.equal((unreleased ?? '').trim(), '', 'something is still under Unreleased');
  return heading;
}

/** @throws Error when names are gone and the version does not say so; before 1.0.0 the second number says it */
export function assertRaised(before: string, version: string, gone: string[]): void {
  const [was, is] = [before, version].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const isNewer = compare(is, was) > 0;
  assert.ok(isNewer, `${version} is not newer than ${before}`);
  const place = was[0] === 0 ? 2 : 1;
  const isRaised = compare(is.slice(0, place), was.slice(0, place)) > 0;
  const advice = place === 1 ? `${was[0]! + 1}.0.0` : `0.${was[1]! + 1}.0`;
  assert.ok(
    gone.length === 0 || isRaised,
    `this is a breaking change and needs ${advice}: ${gone.join(', ')} is gone since ${before}`,
  );
}

function compare(one: number[], other: number[]): number {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index === -1 ? 0 : one[index]! - other[index]!;
}
