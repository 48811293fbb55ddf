import path from 'node:path'
import { edgePaths } from './paths.ts'
import type { Setting } from './setting.ts'

export interface DatabaseUrls {
  app: string
  system: string
}

type Variables = Record<string, string | undefined>

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Parts see these and their own variables, nothing else of the caller's environment. */
export function baseEnvironment(): NodeJS.ProcessEnv {
  const { HOME, LANG, TZ, PATH } = process.env
  return {
    NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PATH: PATH ? `${PATH}:${SYSTEM_PATH}` : SYSTEM_PATH,
    ...(HOME ? { HOME } : {}), ...(LANG ? { LANG } : {}), ...(TZ ? { TZ } : {}),
  }
}

/** Who wraps the keys of secrets, and how to reach them: for portal and worker alone. */
const KEY_SETTING = /^SHELLWEGO_(KEY|VAULT|AWS)_/

/** What the user set by SHELLWEGO_*; the one-time setup account goes to the portal alone. */
function userSettings(environment: Variables): Variables {
  return Object.fromEntries(Object.entries(environment)
    .filter(([name, value]) => name.startsWith('SHELLWEGO_') && name !== 'SHELLWEGO_SETUP' && !KEY_SETTING.test(name) && value !== ''))
}

/** A sandbox makes its own passphrase; in production it is the operator's, kept apart from the backups. */
function keySettings({ config, secrets }: Pick<Setting, 'config' | 'secrets'>): Variables {
  const own = Object.fromEntries(Object.entries(config.environment).filter(([name, value]) => KEY_SETTING.test(name) && value !== ''))
  const chosen = 'SHELLWEGO_KEY_PASSPHRASE' in own || 'SHELLWEGO_KEY_PASSPHRASE_FILE' in own
  return config.mode === 'production' || chosen ? own : { ...own, SHELLWEGO_KEY_PASSPHRASE_FILE: secrets.file('key-passphrase') }
}

function sharedEnvironment({ config, ports }: Pick<Setting, 'config' | 'ports'>): NodeJS.ProcessEnv {
  return {
    ...baseEnvironment(),
    ...userSettings(config.environment),
    // Compiled code is kept between starts.
    NODE_COMPILE_CACHE: path.join(config.data, 'compile-cache'),
    SHELLWEGO_MODE: config.mode,
    SHELLWEGO_DATA: config.data,
    SHELLWEGO_DOMAIN: config.domain,
    SHELLWEGO_APPS_DOMAIN: config.appsDomain,
    SHELLWEGO_HTTPS_PORT: String(ports.https),
    SHELLWEGO_HTTP_PORT: String(ports.http),
  }
}

const PROVIDER_KEY = /^(?:STRIPE|PAYSTACK|FLUTTERWAVE|MPESA|CLOUDFLARE)_/

/** In production the keys of payment and DNS providers are the user's own; in sandbox they are ours and open nothing outside. */
function providerKeys({ config, secrets }: Setting): Variables {
  if (config.mode === 'production') {
    return Object.fromEntries(Object.entries(config.environment).filter(([name]) => PROVIDER_KEY.test(name)))
  }
  return {
    STRIPE_SECRET_KEY: secrets.read('stripe-secret-key'),
    STRIPE_WEBHOOK_SECRET: secrets.read('stripe-webhook-secret'),
    PAYSTACK_SECRET_KEY: secrets.read('paystack-secret-key'),
  }
}

export function portalEnvironment(setting: Setting, urls: DatabaseUrls, role: 'portal' | 'worker'): NodeJS.ProcessEnv {
  const { config, ports, secrets } = setting
  const setup = config.environment.SHELLWEGO_SETUP
  return {
    ...sharedEnvironment(setting),
    ...providerKeys(setting),
    ROLE: role,
    LOG_LEVEL: config.environment.LOG_LEVEL,
    PORT: String(ports.portal),
    DATABASE_URL_APP: urls.app,
    DATABASE_URL_SYSTEM: urls.system,
    SHELLWEGO_SANDBOX_PORT: String(ports.sandbox),
    SHELLWEGO_BUILTIN_REGISTRY: `127.0.0.1:${ports.registry}`,
    SHELLWEGO_AUTH_SECRET: secrets.read('auth-secret'),
    ...keySettings(setting),
    ...(setup && role === 'portal' ? { SHELLWEGO_SETUP: setup } : {}),
  }
}

export function agentEnvironment(setting: Pick<Setting, 'config' | 'ports'>): NodeJS.ProcessEnv {
  const { config, ports } = setting
  const edge = edgePaths(config.data)
  return {
    ...sharedEnvironment(setting),
    // Another way to the portal, a proxy's say, is the user's to name.
    SHELLWEGO_PORTAL_URL: config.environment.SHELLWEGO_PORTAL_URL || `http://127.0.0.1:${ports.portal}`,
    SHELLWEGO_JOIN_TOKEN_FILE: path.join(config.data, 'agent/join-token'),
    SHELLWEGO_BUILTIN_REGISTRY: `127.0.0.1:${ports.registry}`,
    SHELLWEGO_EDGE_ADMIN: edge.adminSocket,
    SHELLWEGO_EDGE_STORAGE: edge.storage,
    SHELLWEGO_DNS_PORT: String(ports.dns),
    SHELLWEGO_ASK_PORT: String(ports.ask),
  }
}
