// Reads a theme's asset for a request path, and nothing outside the theme's assets folder.
import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { getMimeType } from 'hono/utils/mime';

export interface Asset {
  body: Uint8Array<ArrayBuffer>;
  type: string;
}

/** `path` is relative to `assets/`, percent-encoded as in the request; undefined when there is no such file. */
export async function readThemeAsset(themeDir: string, path: string): Promise<Asset | undefined> {
  try {
    const folder = await realpath(join(themeDir, 'assets'));
    // Links are followed before the check, so that neither `..` nor a link can leave the folder.
    const file = await realpath(join(folder, decodeURIComponent(path)));
    if (!file.startsWith(folder + sep)) return undefined;
    return {
      body: new Uint8Array(await readFile(file)),
      type: getMimeType(file) ?? 'application/octet-stream',
    };
  } catch {
    return undefined;
  }
}
