// The way without an API token: what a merchant pastes into the control panel.
import type { WidgetConfiguration } from '../page-builder/index.js';
import type { HostedBundle } from './publish-bundle.js';
import { SCRIPT_NAME, type ConsentCategory } from './publish-script.js';

export interface PasteOptions {
  configuration: WidgetConfiguration;
  bundle: HostedBundle;
  consent: ConsentCategory;
}

/** Two blocks, each with the place it goes to. */
export function describePaste({ configuration, bundle, consent }: PasteOptions): string {
  return `1. Storefront > Script Manager > Create a script

   Name: ${SCRIPT_NAME}
   Location on page: Footer
   Pages where script will be added: Storefront pages
   Script category: ${consent === 'essential' ? 'Essential' : 'Functional'}
   Script type: Script

${scriptTag(bundle)}

2. Page Builder: drag the HTML widget to its place and paste

${elementTag(configuration)}
`;
}

function scriptTag({ url, integrity }: HostedBundle): string {
  return `<script src="${escape(url)}" integrity="${integrity}" crossorigin="anonymous" defer></script>`;
}

function elementTag(configuration: WidgetConfiguration): string {
  const { accentSource, accent, ...others } = configuration;
  const values = accentSource === 'custom' ? { ...others, accent } : others;
  const attributes = Object.entries(values)
    .filter(([, value]) => typeof value === 'string' && value !== '')
    .map(([id, value]) => `  ${attributeOf(id)}="${escape(String(value))}"`);
  return `<bc-customer-widget\n${attributes.join('\n')}\n></bc-customer-widget>`;
}

/** A setting and its attribute have one name: `guestText` and `guest-text`. */
const attributeOf = (id: string) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
