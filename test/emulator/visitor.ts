// A visitor of the emulated store: keeps cookies as a browser does and stays where a redirect points.
import type { Emulator } from '../../src/emulator/index.js';

export interface Visitor {
  get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  post: (path: string, form: Record<string, string>) => Promise<Response>;
  remove: (path: string) => Promise<Response>;
  signIn: (email: string, password?: string) => Promise<Response>;
  cookie: () => string;
}

export function visitorOf(store: Emulator, origin = 'http://localhost:4000'): Visitor {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (path: string, init: RequestInit, headers: Record<string, string> = {}) => {
    const request = new Request(origin + path, { ...init, headers: { ...headers, cookie: cookie() } });
    const response = await store.fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const post: Visitor['post'] = (path, form) =>
    send(path, { method: 'POST', body: new URLSearchParams(form) });
  return {
    get: (path, headers) => send(path, {}, headers),
    post,
    remove: (path) => send(path, { method: 'DELETE' }),
    signIn: (email, password = 'demo') =>
      post('/login.php?action=check_login', { login_email: email, login_pass: password }),
    cookie,
  };
}
