// The real Stencil CLI, which is not part of the package's own install: `npm ci --ignore-scripts` in example-theme.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { inflateRawSync } from 'node:zlib';

const tools = resolve('example-theme');
const scripts = resolve('test/support/stencil-cli');

/** For `skip`: why a test with the Stencil CLI cannot run, or false. */
export const withoutStencilCli =
  !existsSync(join(tools, 'node_modules/@bigcommerce/stencil-cli')) &&
  'the Stencil CLI is not installed: run npm ci --ignore-scripts in example-theme';

export interface BundleResult {
  code: number | null;
  output: string;
}

export async function bundleTheme(theme: string, destination: string): Promise<BundleResult> {
  const child = spawn(process.execPath, [join(scripts, 'bundle.mjs'), tools, theme, destination]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

export interface StencilServer {
  url: string;
  close: () => Promise<void>;
}

export async function startStencil(theme: string, storeUrl: string, port: number): Promise<StencilServer> {
  const args = [join(scripts, 'start.mjs'), tools, theme, storeUrl, String(port)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    const url = /^Listening on (.*)$/.exec(line)?.[1];
    if (!url) continue;
    return {
      url,
      close: async () => {
        child.stdin.end();
        if (child.exitCode === null) await once(child, 'close');
      },
    };
  }
  throw new Error('The Stencil CLI ended before it listened.');
}

/** The files of a zip archive by name. */
export async function readZip(path: string): Promise<Map<string, Buffer>> {
  const zip = await readFile(path);
  const files = new Map<string, Buffer>();
  // The end record has no comment, so it is the last 22 bytes; it says where the directory is (APPNOTE 4.3.16).
  const end = zip.subarray(-22);
  let at = end.readUInt32LE(16);
  for (let left = end.readUInt16LE(10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    );
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength!);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(name, zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data));
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return files;
}
