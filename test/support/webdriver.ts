// WebKitGTK over WebDriver: starts a screen in memory, the driver and the browser, and speaks to them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebKit } from './engines.js';
import { freePort } from './free-port.js';
import type { BrowserWindow } from './window.js';

/** One window of a browser of its own. */
export async function startWebKit({ driver, browser, screen }: WebKit): Promise<BrowserWindow> {
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children.reverse()) child.kill();
  };
  try {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      // There is no graphics card.
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    };
    if (screen) env.DISPLAY = await startScreen(screen, children);
    const port = await freePort();
    children.push(spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' }));
    const base = `http://127.0.0.1:${port}`;
    await answer(`${base}/status`);
    const { sessionId } = (await call(base, 'POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
        },
      },
    })) as { sessionId: string };
    const session = `${base}/session/${sessionId}`;
    return {
      goTo: async (url) => {
        await call(session, 'POST', '/url', { url });
      },
      back: async () => {
        await call(session, 'POST', '/back', {});
      },
      evaluate: async (job, ...values) =>
        (await call(session, 'POST', '/execute/sync', {
          script: `return (${String(job)})(...arguments)`,
          args: values,
        })) as never,
      close: async () => {
        await call(session, 'DELETE', '').catch(() => undefined);
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

async function startScreen(screen: string, children: ChildProcess[]): Promise<string> {
  // It picks a number that is free, and writes it to the descriptor.
  const words = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
  const child = spawn(screen, words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  children.push(child);
  const [number] = (await Promise.race([
    once(child.stdio[3]!, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('Xvfb did not start.'))),
  ])) as [Buffer];
  return `:${number.toString().trim()}`;
}

async function answer(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error('WebKitWebDriver does not answer.', { cause });
      await sleep(50);
    }
  }
}

async function call(base: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(base + path, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (!response.ok) throw new Error(`WebKitWebDriver: ${value?.error ?? ''}: ${value?.message ?? ''}`);
  return value;
}
