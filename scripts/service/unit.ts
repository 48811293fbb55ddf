import path from 'node:path'

export const UNIT_NAME = 'shellwego.service'
/** Settings of the service: written once, the operator's from then on. */
export const SETTINGS_FILE = '/etc/shellwego.env'

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const PLAIN_PATH = /^\/[A-Za-z0-9/._+-]+$/

export interface Service {
  checkout: string
  /** Any Node from version 20 on, with npm beside it. */
  node: string
  home: string
  settings: string
}

/**
 * Pure. Only the supervisor is told to stop, and stops parts and VMs in their order; what it leaves when it is killed, the next start
 * takes up. Stopped by hand (`npm run down`) it stays stopped.
 */
export function serviceUnit({ checkout, node, home, settings }: Service): string {
  for (const word of [checkout, node, home, settings]) {
    if (!PLAIN_PATH.test(word)) throw new Error(`${word} cannot stand in a unit: use letters, digits, dots, hyphens and slashes in its path.`)
  }
  return `${[
    '[Unit]', 'Description=ShellWeGo: console, edge, database and this machine as a node', 'Wants=network-online.target', 'After=network-online.target',
    'StartLimitIntervalSec=0',
    '', '[Service]', 'Type=exec', `WorkingDirectory=${checkout}`, `ExecStart=${node} ${checkout}/scripts/up.mjs`, `EnvironmentFile=-${settings}`,
    `Environment=HOME=${home} PATH=${path.dirname(node)}:${SYSTEM_PATH}`,
    'Restart=on-failure', 'RestartSec=2', 'KillMode=process', 'OOMPolicy=continue', 'TimeoutStopSec=180',
    'OOMScoreAdjust=-500', 'LimitNOFILE=1048576', 'TasksMax=infinity', 'Delegate=yes', 'UMask=0022',
    '', '[Install]', 'WantedBy=multi-user.target',
  ].join('\n')}\n`
}

/** The account of the first visit is made once, so it is no setting to keep. */
const isSetting = (name: string): boolean =>
  name !== 'SHELLWEGO_SETUP' && /^(SHELLWEGO_\w+|(STRIPE|PAYSTACK|FLUTTERWAVE|MPESA|CLOUDFLARE)_\w+|DATABASE_URL(_APP|_SYSTEM)?|PORT|LOG_LEVEL)$/.test(name)

/** Pure. The settings of an environment as systemd reads them (systemd.exec(5), EnvironmentFile). */
export function settingsText(environment: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, value]) => {
    if (!isSetting(name) || value === undefined || value === '') return []
    if (/[\n\r\0]/.test(value)) throw new Error(`${name} has a line break; a setting of a service has one line.`)
    return [`${name}="${value.replaceAll(/["\\`$]/g, '\\$&')}"\n`]
  }).join('')
}
