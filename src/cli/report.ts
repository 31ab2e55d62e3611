// Shows changes before they are made: a diff for the theme's own files, one line for files that come or go whole.
import { createTwoFilesPatch } from 'diff';
import type { Change } from './draft.js';

export function describeChanges(changes: Change[]): string {
  return changes.map(describe).join('\n');
}

function describe({ path, before, after }: Change): string {
  if (before === undefined) return `new      ${path} (${size(after ?? '')})`;
  if (after === undefined) return `removed  ${path}`;
  // A built module is one endless line: nobody reads its diff.
  if (path.endsWith('.js')) return `replaced ${path} (${size(after)})`;
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 2 });
  return `changed  ${path}\n${patch.split('\n').slice(4).join('\n').trimEnd()}`;
}

const size = (text: string) => `${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`;
