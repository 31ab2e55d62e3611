import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const typed = {
  extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
};

export default defineConfig([
  // The framework tests' packages are installed by their suite, which checks their types.
  globalIgnores(['dist', 'coverage', 'example-theme/assets', 'test/frameworks']),
  js.configs.recommended,
  {
    ...typed,
    files: ['src/**/*.ts'],
    extends: [...typed.extends, lit['flat/recommended'], wc['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      // Safari takes the list role away from a list without markers; naming it brings it back.
      'lit-a11y/no-redundant-role': 'off',
    },
  },
  {
    ...typed,
    files: ['test/**/*.ts', 'examples/**/*.ts', 'tools/**/*.ts'],
    rules: {
      // chai's `expect(x).to.be.true` is an expression, node:test's `test()` a promise nobody awaits.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    rules: { '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: { URL: 'readonly', console: 'readonly', process: 'readonly', module: 'writable' },
    },
  },
]);
