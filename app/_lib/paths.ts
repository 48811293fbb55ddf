/** Every address of the console, in one place. `org` is the organization's slug, `app` the app's name. */
export const paths = {
  home: '/',
  signIn: '/sign-in', signUp: '/sign-up', verifyEmail: '/verify-email', forgotPassword: '/forgot-password', resetPassword: '/reset-password',
  setup: '/setup', newOrganization: '/new-organization', account: '/account',
  apps: (org: string) => `/${org}/apps`,
  newApp: (org: string) => `/${org}/apps/new`,
  app: (org: string, app: string) => `/${org}/apps/${app}`,
  deployments: (org: string, app: string) => `/${org}/apps/${app}/deployments`,
  deployment: (org: string, app: string, id: string) => `/${org}/apps/${app}/deployments/${id}`,
  logs: (org: string, app: string) => `/${org}/apps/${app}/logs`,
  metrics: (org: string, app: string) => `/${org}/apps/${app}/metrics`,
  appSettings: (org: string, app: string) => `/${org}/apps/${app}/settings`,
  marketplace: (org: string) => `/${org}/marketplace`,
  catalogApp: (org: string, id: string) => `/${org}/marketplace/${id}`,
  install: (org: string, id: string) => `/${org}/marketplace/installs/${id}`,
  billing: (org: string) => `/${org}/billing`,
  invoice: (org: string, id: string) => `/${org}/billing/invoices/${id}`,
  usage: (org: string) => `/${org}/usage`,
  settings: (org: string) => `/${org}/settings`,
  admin: '/admin', adminResellers: '/admin/resellers', adminNewReseller: '/admin/resellers/new',
  adminReseller: (id: string) => `/admin/resellers/${id}`,
  adminNodes: '/admin/nodes', adminOrganizations: '/admin/organizations', adminInvoices: '/admin/invoices',
  sandboxMail: '/sandbox/mail', sandboxMailItem: (id: string) => `/sandbox/mail/${id}`, sandboxClock: '/sandbox/clock',
} as const

/** Only a path of this console may follow a sign-in; everything else could carry a person away. */
export const safeNext = (next: string | null | undefined): string =>
  typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : paths.home
