/** `npm run bench -- verifier exchange`: runs the named benches, or all of them. Each prints what it measures. */
import { readdirSync } from 'node:fs';

/** Prints its figures and tells whether they are as good as promised. */
export type Bench = () => Promise<boolean>;

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(1);
}
for (const name of chosen.length > 0 ? chosen : names) {
  console.log(`\n# ${name}\n`);
  const { default: bench } = (await import(`./${name}.ts`)) as { default: Bench };
  if (!(await bench())) process.exitCode = 1;
}
