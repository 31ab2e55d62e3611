// What stands between a change and a release: the gates that judge versions and changelog, and the workflows.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { assertRaised, datedSection } from '../support/release-gates.js';

describe('the version of a release', () => {
  it('is raised in its first number when a name has gone, before 1.0.0 in its second', () => {
    assertRaised('1.4.2', '2.0.0', ['attributes: heading']);
    assertRaised('0.4.2', '0.5.0', ['attributes: heading']);
    assertRaised('0.4.2', '1.0.0', ['attributes: heading']);
    assertRaised('1.4.2', '1.4.3', []);
    assert.throws(() => {
      assertRaised('1.4.2', '1.5.0', ['attributes: heading']);
    }, /breaking change and needs 2\.0\.0: attributes: heading/);
    assert.throws(() => {
      assertRaised('0.4.2', '0.4.3', ['error codes: timeout']);
    }, /breaking change and needs 0\.5\.0/);
  });

  it('is newer than the one before', () => {
    for (const version of ['1.4.2', '1.3.9', '0.9.9']) {
      assert.throws(() => {
        assertRaised('1.4.2', version, []);
      }, /not newer/);
    }
  });
});

describe('the changelog of a release', () => {
  const text =
    '# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-11-20\n\n- A change.\n\n## 1.2.2 - 2026-01-01\n\n- Another.\n';

  it('has a section with the date, and nothing beside it that is not released', () => {
    assert.equal(datedSection(text, '1.2.3'), '1.2.3 - 2026-11-20');
  });

  it('is refused otherwise, with what to do', () => {
    assert.throws(() => datedSection(text, '1.2.4'), /write "## 1\.2\.4 - \d{4}/);
    assert.throws(() => datedSection(text.replace(' - 2026-11-20', ' - soon'), '1.2.3'), /has no date/);
    assert.throws(() => datedSection(text.replace('- A change.\n', ''), '1.2.3'), /nothing is listed/);
    assert.throws(
      () => datedSection(text.replace('Unreleased', 'Unreleased\n\n- New.'), '1.2.3'),
      /Unreleased/,
    );
  });
});

describe('the workflows', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const files = readdirSync('.github/workflows');
  const read = (name: string) => parseDocument(readFileSync(`.github/workflows/${name}`, 'utf8'));

  it('are two, and valid', () => {
    assert.deepEqual(files.sort(), ['ci.yml', 'release.yml']);
    for (const name of files) assert.deepEqual(read(name).errors, []);
  });

  it('pin every action by its whole commit, with the version beside it, and the same one everywhere', () => {
    const pins = new Set<string>();
    for (const name of files) {
      visit(read(name), {
        Pair(_, { key, value }) {
          if (!isScalar(key) || key.value !== 'uses' || !isScalar(value)) return;
          assert.match(String(value.value), /^actions\/[\w-]+@[0-9a-f]{40}$/, name);
          assert.match(value.comment ?? '', /^ v\d+\.\d+\.\d+$/, name);
          pins.add(String(value.value));
        },
      });
    }
    const actions = [...pins].map((pin) => pin.split('@')[0]);
    assert.deepEqual(actions.sort(), ['actions/checkout', 'actions/setup-node']);
  });

  it('may read the repository; only the job that publishes may ask for an identity', () => {
    for (const name of files) {
      const document = read(name);
      assert.deepEqual((document.toJS() as { permissions: unknown }).permissions, { contents: 'read' }, name);
      const granted: unknown[] = [];
      visit(document, {
        Pair(_, { key, value }, path) {
          if (path.length > 2 && isScalar(key) && key.value === 'permissions' && isMap(value)) {
            granted.push(value.toJSON());
          }
        },
      });
      assert.deepEqual(granted, name === 'release.yml' ? [{ contents: 'read', 'id-token': 'write' }] : []);
    }
  });

  it('hold no secret, leave no credentials behind, and never run a stranger’s code with rights', () => {
    for (const name of files) {
      const text = readFileSync(`.github/workflows/${name}`, 'utf8');
      assert.doesNotMatch(text, /secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|pull_request_target|workflow_run/, name);
      const checkouts = text.match(/actions\/checkout/g)?.length;
      assert.equal(text.match(/persist-credentials: false/g)?.length, checkouts, name);
    }
  });

  it('run what is there: CI runs .ci/run, a release the gates before it publishes with provenance', () => {
    const commands = (name: string) => {
      const { jobs } = read(name).toJS() as { jobs: Record<string, { steps: { run?: string }[] }> };
      return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    };
    assert.deepEqual(commands('ci.yml'), ['.ci/run']);
    const release = commands('release.yml');
    assert.match(release.at(-1)!, /^npm publish .*--provenance\b.*--ignore-scripts$/);
    assert.equal(release.at(-2), 'npm run release:check');
    assert.ok('release:check' in scripts);
  });
});
