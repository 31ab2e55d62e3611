// The licences of what the browser bundles hold: their source maps name the packages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the packages of which a bundle in this folder holds code, in alphabetical order. */
export function bundledPackages(folder: string): string[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.min.js.map'))
    .flatMap((file) => sourcesOf(join(folder, file)))
    .flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** Paths of the files that a bundle was made from. */
export function sourcesOf(sourceMap: string): string[] {
  return (JSON.parse(readFileSync(sourceMap, 'utf8')) as { sources: string[] }).sources;
}

/** @throws Error when a bundled package comes without the text of its licence */
export function thirdPartyNotices(root: string, folder: string): string {
  const notices = bundledPackages(folder).map((name) => {
    const home = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
      version: string;
      license: string;
    };
    const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled and has no licence file.`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(home, file), 'utf8').trim()}\n`;
  });
  return `bc-customer-widget*.min.js hold code of these packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
