// Sign-in, sign-out, a new account, and sign-in by a Customer Login token.
import { Hono, type Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createCustomerLoginReader } from './customer-login.js';
import { customerOf, endSession, startSession } from './session.js';
import type { ShowPage } from './show-page.js';
import type { Store } from './store.js';

const WRONG = 'Your email address or password is incorrect. Please try again.';
const EXPIRED = 'We could not sign you in. Please try again.';
const TAKEN = 'Please fill in every field. The email address must not have an account yet.';

export function createSignInRoutes(store: Store, showPage: ShowPage): Hono {
  const routes = new Hono();
  const readCustomerLogin = createCustomerLoginReader(store);

  const enter = (context: Context, sessionId: string, path: string) => {
    startSession(context, store, sessionId);
    return context.redirect(path);
  };
  const showLogin = (context: Context, error?: string) =>
    showPage(context, {
      template: 'pages/auth/login',
      title: 'Sign in',
      context: { forms: { login: error ? { error } : {} } },
    });
  const showRegistration = (context: Context, error?: string) =>
    showPage(context, {
      template: 'pages/auth/create-account',
      title: 'Create an account',
      context: { forms: { create_account: { ...REGISTRATION, ...(error && { error }) } } },
    });

  routes.get('/login.php', (context) => {
    switch (context.req.query('action')) {
      case 'logout':
        endSession(context, store);
        return context.redirect('/');
      case 'create_account':
        return showRegistration(context);
      case 'account_created':
        if (!customerOf(context, store)) return context.redirect('/login.php');
        return showPage(context, { template: 'pages/auth/account-created', title: 'Welcome' });
      default:
        rememberOrigin(context);
        return showLogin(context);
    }
  });

  routes.post('/login.php', async (context) => {
    const form = await context.req.parseBody();
    const field = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '');
    if (context.req.query('action') === 'save_new_account') {
      const [email, password, name] = [...REGISTRATION.account_fields, ...REGISTRATION.address_fields].map(
        (one) => field(one.name),
      );
      const sessionId = email && password && name && store.createAccount({ email, password, name });
      return sessionId
        ? enter(context, sessionId, '/login.php?action=account_created')
        : showRegistration(context, TAKEN);
    }
    const sessionId = store.signIn(field('login_email'), field('login_pass'));
    return sessionId ? enter(context, sessionId, takeOrigin(context)) : showLogin(context, WRONG);
  });

  routes.get('/login/token/:token', async (context) => {
    const login = await readCustomerLogin(context.req.param('token'));
    const sessionId = login && store.signInAs(login.customerId);
    return sessionId ? enter(context, sessionId, login.redirectTo) : showLogin(context, EXPIRED);
  });

  return routes;
}

const FROM_COOKIE = 'LOGIN_FROM';
const FROM_OPTIONS = { httpOnly: true, sameSite: 'Lax', path: '/login.php' } as const;

/** `/login.php?from=account.php%3Faction%3D…`: where the shopper came from and wants to be after signing in. */
function rememberOrigin(context: Context): void {
  const from = context.req.query('from');
  if (from) setCookie(context, FROM_COOKIE, from, FROM_OPTIONS);
  else deleteCookie(context, FROM_COOKIE, FROM_OPTIONS);
}

/** A path of this store, whatever the address bar said: nobody is sent to another site. */
function takeOrigin(context: Context): string {
  const from = getCookie(context, FROM_COOKIE) ?? 'account.php';
  deleteCookie(context, FROM_COOKIE, FROM_OPTIONS);
  const { origin } = new URL(context.req.url);
  const target = URL.canParse(from, origin) ? new URL(from, origin) : undefined;
  return target?.origin === origin ? target.pathname + target.search : '/account.php';
}

/** A store says itself which fields its form has; a theme draws what it is told. */
const REGISTRATION = {
  account_fields: [
    {
      id: 1,
      name: 'FormField[1][1]',
      partial: 'text',
      label: 'Email address',
      private_id: 'EmailAddress',
      required: true,
    },
    {
      id: 2,
      name: 'FormField[1][2]',
      partial: 'password',
      label: 'Password',
      private_id: 'Password',
      required: true,
    },
  ],
  address_fields: [
    {
      id: 4,
      name: 'FormField[2][4]',
      partial: 'text',
      label: 'Name',
      private_id: 'FirstName',
      required: true,
    },
  ],
};
