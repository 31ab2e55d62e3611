// A copy of the example theme with the partials as they are in templates/, so that no build is needed first.
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Removes the folder when the process of the test file ends. */
export function removeAtExit(folder: string): string {
  folders.push(folder);
  return folder;
}

/**
 * Copies the theme to a temporary folder, which is removed when the process of the test file ends.
 *
 * @param files further files by their path in the theme; they replace what is there
 */
export async function temporaryTheme(files: Record<string, string> = {}): Promise<string> {
  const folder = removeAtExit(await mkdtemp(join(tmpdir(), 'bcw-theme-')));
  await cp('example-theme', folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  await cp('templates/components', join(folder, 'templates/components'), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
