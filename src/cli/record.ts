// What was put into a theme, kept in the theme: so that it can be upgraded, and taken out again exactly.
import { createHash } from 'node:crypto';
import { CommandError } from './command-error.js';
import type { Draft } from './draft.js';
import type { JsonPath } from './json-edit.js';

export const RECORD = '.bc-customer-widget.json';

export interface InstallRecord {
  version: string;
  /** Fingerprint of each file as it was put there: a file that differs was changed by the developer. */
  files: Record<string, string>;
  /** What was added to JSON files that were there, or that `created` names. */
  inserted: Record<string, JsonPath[]>;
  created: string[];
}

export async function readRecord(draft: Draft): Promise<InstallRecord | undefined> {
  const text = await draft.read(RECORD);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as InstallRecord;
  } catch (error) {
    throw new CommandError(`${RECORD} is not valid JSON; take it back from your version control.`, {
      cause: error,
    });
  }
}

export const fingerprint = (content: string) => createHash('sha256').update(content).digest('hex');
