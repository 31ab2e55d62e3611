// Puts the bundle into Script Manager, for stores whose pages do not run scripts that stand in a widget.
import { CommandError } from './command-error.js';
import type { ContentApi } from './publish-api.js';

export type ConsentCategory = 'essential' | 'functional';

export interface WidgetScript {
  /** Address of the classic bundle. */
  src: string;
  integrity: string;
  consent: ConsentCategory;
  channel?: number | undefined;
}

interface StoreScript {
  uuid: string;
  name: string;
  [field: string]: unknown;
}

export const SCRIPT_NAME = 'bc-customer-widget';

/** Script Manager cannot say `type="module"` for an address, hence the classic bundle. */
export function scriptPayload({ src, integrity, consent }: WidgetScript) {
  return {
    name: SCRIPT_NAME,
    description: 'Shows signed-in shoppers their own data.',
    kind: 'src',
    src,
    integrity_hashes: [{ hash: integrity }],
    load_method: 'defer',
    location: 'footer',
    visibility: 'storefront',
    // Without a category, a store with the consent banner would not render the script.
    consent_category: consent,
    auto_uninstall: true,
    enabled: true,
  };
}

/** @returns what was done */
export async function publishScript(
  api: ContentApi,
  script: WidgetScript,
): Promise<'created' | 'updated' | 'unchanged'> {
  const existing = await findScript(api, script.channel);
  const payload = scriptPayload(script);
  if (!existing) {
    await api.call('POST', '/scripts', { ...payload, ...(script.channel && { channel_id: script.channel }) });
    return 'created';
  }
  const isSame = Object.entries(payload).every(
    ([field, value]) => JSON.stringify(existing[field]) === JSON.stringify(value),
  );
  if (isSame) return 'unchanged';
  await api.call('PUT', `/scripts/${existing.uuid}`, payload);
  return 'updated';
}

/** @returns whether there was one */
export async function deleteScript(api: ContentApi, channel?: number): Promise<boolean> {
  const existing = await findScript(api, channel);
  if (existing) await api.call('DELETE', `/scripts/${existing.uuid}`);
  return existing !== undefined;
}

async function findScript(api: ContentApi, channel?: number): Promise<StoreScript | undefined> {
  const query = channel ? { 'channel_id:in': String(channel) } : {};
  const scripts = (await api.list('/scripts', query)) as StoreScript[];
  const found = scripts.filter(({ name }) => name === SCRIPT_NAME);
  if (found.length > 1) {
    throw new CommandError(
      `${found.length} scripts in Script Manager are called "${SCRIPT_NAME}". Name one channel with --channel, or delete all but one.`,
    );
  }
  return found[0];
}
