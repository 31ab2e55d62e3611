// The three browser engines, and where their browsers are. What is missing is installed where that is allowed.
import { installByApt, isExecutable, onPath } from './executables.js';

export const engines = ['chromium', 'firefox', 'webkit'] as const;

export type Engine = (typeof engines)[number];

export const engineNames: Record<Engine, string> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKit',
};

/** @throws Error that says what to install. */
export function findFirefox(): string {
  const set = process.env.FIREFOX_PATH;
  if (set && !isExecutable(set)) throw new Error(`FIREFOX_PATH is ${set}, which is not an executable file.`);
  const find = () => set ?? onPath(['firefox-esr', 'firefox']);
  if (!find()) installByApt(['firefox-esr']);
  const found = find();
  if (found) return found;
  throw new Error(
    'There is no Firefox to test in. Install it (Debian: sudo apt-get install firefox-esr; Ubuntu: from mozilla.org), ' +
      'or set FIREFOX_PATH to the executable of one you have.',
  );
}

export interface WebKit {
  driver: string;
  browser: string;
  /** Draws into memory, where there is no screen. */
  screen: string | undefined;
}

/** WebKitGTK, by its own driver and its small browser: the engine of Safari. @throws Error that says what to install. */
export function findWebKit(): WebKit {
  const hasScreen = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  const find = () => {
    const driver = onPath(['WebKitWebDriver']);
    const browser = MINI_BROWSERS.find(isExecutable);
    const screen = hasScreen ? undefined : onPath(['Xvfb']);
    return driver && browser && (hasScreen || screen) ? { driver, browser, screen } : undefined;
  };
  if (!find()) installByApt(['webkit2gtk-driver', 'xvfb', 'xauth']);
  const found = find();
  if (found) return found;
  throw new Error(
    'There is no WebKit to test in. On Debian and Ubuntu: sudo apt-get install webkit2gtk-driver xvfb xauth. ' +
      'Elsewhere this suite does not know how to drive one.',
  );
}

const MINI_BROWSERS = ['x86_64', 'aarch64'].flatMap((machine) =>
  ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map(
    (version) => `/usr/lib/${machine}-linux-gnu/${version}/MiniBrowser`,
  ),
);
