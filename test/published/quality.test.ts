// Code that nobody uses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { frameworkFile } from '../support/framework-packages.js';

it('there is no code and no package that nobody uses, says knip', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [frameworkFile('knip/bin/knip.js')], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
});
