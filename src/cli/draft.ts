// Changes to a folder that are first only thought of, then shown, then written all together or not at all.
import { access, constants, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from './command-error.js';

/** A file before and after; undefined where there is none. Paths are relative, with `/`. */
export interface Change {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

export interface Draft {
  readonly folder: string;
  /** The file as it would be once the changes are written. */
  read: (path: string) => Promise<string | undefined>;
  /** Names of the files in a folder, as they are on disk. */
  list: (path: string) => Promise<string[]>;
  write: (path: string, content: string) => Promise<void>;
  remove: (path: string) => Promise<void>;
  changes: () => Change[];
}

export function createDraft(folder: string): Draft {
  const touched = new Map<string, Change>();
  const readDisk = (path: string) => readIfThere(join(folder, path));
  const set = async (path: string, after: string | undefined) => {
    const before = touched.has(path) ? touched.get(path)?.before : await readDisk(path);
    touched.set(path, { path, before, after });
  };
  return {
    folder,
    read: async (path) => (touched.has(path) ? touched.get(path)?.after : readDisk(path)),
    list: async (path) => {
      const entries = await readdir(join(folder, path), { recursive: true }).catch(() => []);
      return entries.map((entry) => entry.replaceAll('\\', '/')).sort();
    },
    write: set,
    remove: (path) => set(path, undefined),
    changes: () =>
      [...touched.values()]
        .filter(({ before, after }) => before !== after)
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/**
 * Writes the changes of a draft. When one of them cannot be written, those before it are taken back.
 *
 * @throws CommandError naming the file that could not be written
 */
export async function applyChanges(
  folder: string,
  changes: Change[],
  onProgress: (change: Change) => void = () => undefined,
): Promise<void> {
  const madeFolders: string[] = [];
  const done: Change[] = [];
  let current: Change | undefined;
  try {
    for (const change of changes) {
      current = change;
      if ((await readIfThere(join(folder, change.path))) !== change.before) {
        throw new CommandError(`${change.path} was changed in the meantime; run the command again.`);
      }
      done.push(change);
      await put(folder, change.path, change.after, madeFolders);
      onProgress(change);
    }
  } catch (error) {
    for (const { path, before } of done.reverse()) await put(folder, path, before, []).catch(() => undefined);
    for (const made of madeFolders.reverse()) await rmdir(made).catch(() => undefined);
    if (error instanceof CommandError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `${current?.path ?? folder} could not be written, nothing was changed: ${reason}`,
      {
        cause: error,
      },
    );
  }
  for (const { path, after } of changes) if (after === undefined) await removeEmptyFolders(folder, path);
}

async function put(folder: string, path: string, content: string | undefined, madeFolders: string[]) {
  const file = join(folder, path);
  if (content === undefined) {
    await rm(file, { force: true });
    return;
  }
  const made = await mkdir(dirname(file), { recursive: true });
  if (made) madeFolders.push(...foldersBetween(made, dirname(file)));
  // Renaming would succeed on a file that its owner made read-only.
  if ((await readIfThere(file)) !== undefined) await access(file, constants.W_OK);
  const temporary = `${file}.bcw-tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file).catch(async (error: unknown) => {
    await rm(temporary, { force: true });
    throw error;
  });
}

function foldersBetween(first: string, last: string): string[] {
  const folders = [last];
  while (folders[0] && folders[0] !== first && folders[0].startsWith(first))
    folders.unshift(dirname(folders[0]));
  return folders;
}

/** A folder that holds nothing any more is not kept; git would not know it either. */
async function removeEmptyFolders(folder: string, path: string) {
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    try {
      await rmdir(join(folder, parent));
    } catch {
      return;
    }
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw new CommandError(`${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
}
