import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifyCurrentCustomer } from 'bc-customer-widget/server';
import { app, attackMatrix } from '../server/attack-matrix.js';

interface Recipe {
  language: string;
  file: string;
  /** Interpreters to try, first come, first served. */
  commands: string[];
  /** Succeeds where the recipe can run. */
  probe: string[];
  /** What to install on Debian. */
  packages: string;
}

const recipes: Recipe[] = [
  {
    language: 'Python',
    file: 'verify_current_customer.py',
    // The system's own, because Debian's PyJWT is there and not in a Python that somebody put before it.
    commands: ['python3', '/usr/bin/python3'],
    probe: ['-c', 'import jwt'],
    packages: 'python3-jwt',
  },
  {
    language: 'Ruby',
    file: 'verify_current_customer.rb',
    commands: ['ruby', '/usr/bin/ruby'],
    probe: ['-e', "require 'jwt'"],
    packages: 'ruby ruby-jwt',
  },
  {
    language: 'PHP',
    file: 'verify_current_customer.php',
    commands: ['php'],
    probe: ['-r', 'exit(PHP_VERSION_ID < 80200 ? 1 : 0);'],
    packages: 'php-cli',
  },
];

for (const { language, file, commands, probe, packages } of recipes) {
  const command = commands.find((name) => spawnSync(name, probe).status === 0);
  const skip = command === undefined && `${language} is not here: apt-get install ${packages}`;

  describe(`the ${language} recipe`, () => {
    it(
      'gives every token of the attack matrix its verdict, and reads the same customer',
      { skip },
      async () => {
        const rows = attackMatrix();
        const { stdout, stderr, status } = spawnSync(
          command!,
          [fileURLToPath(new URL(`../../examples/recipes/${file}`, import.meta.url))],
          {
            input: rows.map(({ token }) => `${JSON.stringify(token)}\n`).join(''),
            env: {
              ...process.env,
              CLIENT_ID: app.clientId,
              CLIENT_SECRET: app.clientSecret,
              STORE_HASHES: app.storeHash,
            },
            encoding: 'utf8',
          },
        );
        assert.equal(stderr, '');
        assert.equal(status, 0);
        const answers = stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { code?: string });
        assert.equal(answers.length, rows.length);
        for (const [index, { name, token, verdict }] of rows.entries()) {
          const answer = answers[index];
          if (verdict === 'accept') {
            const options = { ...app, storeHashes: [app.storeHash] };
            assert.deepEqual(answer, await verifyCurrentCustomer(token, options), name);
          } else {
            // Libraries differ in what they find wrong about a header first.
            assert.equal(
              answer?.code?.replace(/^header_.*/, 'header'),
              verdict.replace(/^header_.*/, 'header'),
              name,
            );
          }
        }
      },
    );

    it('refuses to work without a secret', { skip }, () => {
      const path = fileURLToPath(new URL(`../../examples/recipes/${file}`, import.meta.url));
      const env = { ...process.env, CLIENT_ID: app.clientId, CLIENT_SECRET: '', STORE_HASHES: app.storeHash };
      const { status, stdout } = spawnSync(command!, [path], { input: '"x.y.z"\n', env, encoding: 'utf8' });
      assert.notEqual(status, 0);
      assert.ok(!stdout.includes('customerId'));
    });
  });
}
