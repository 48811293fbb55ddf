/** Pure: the systemd units of a node. Stopping none of them may end a VM: those are children of nobody, and only the main process is told to stop. */
export interface Unit { name: string; text: string }

const AGENT = 'shellwego-agent.service'
const FENCE = 'shellwego-fence.service'
const EDGE = 'shellwego-edge.service'
export const UNIT_NAMES = [AGENT, FENCE, EDGE] as const

const lines = (...all: readonly (string | false)[]): string => `${all.filter((line) => line !== false).join('\n')}\n`

/** A data folder below a home would be hidden from its own unit. */
const homeRule = (data: string): string | false => !/^\/(home|root|run\/user)(\/|$)/.test(data) && 'ProtectHome=yes'

/**
 * QEMU's processes stay in the unit's own control group when the agent ends: KillMode leaves them alone, at a stop, a restart and a stop that takes too
 * long; without OOMPolicy one of them that the kernel kills for memory would end the agent. No group may be made below it, or systemd could
 * not put the next agent there. Not more hardening than its work allows: it writes kernel settings (ip_forward), cgroups and TAPs, and unpacks
 * images with suid files.
 */
const agentUnit = (data: string): string => lines(
  '[Unit]', 'Description=ShellWeGo node agent', 'Documentation=https://github.com/shellwego/shellwego',
  'Wants=network-online.target', 'After=network-online.target', 'StartLimitIntervalSec=0',
  '', '[Service]', 'Type=exec', `ExecStart=${data}/launch agent`, 'Restart=always', 'RestartSec=1', 'KillMode=process', 'OOMPolicy=continue', 'TimeoutStopSec=20',
  'OOMScoreAdjust=-500', 'LimitNOFILE=1048576', 'TasksMax=infinity', 'Delegate=yes', 'UMask=0022',
  'ProtectSystem=full', homeRule(data), 'ProtectKernelLogs=yes', 'LockPersonality=yes', 'RestrictRealtime=yes',
  'SystemCallArchitectures=native',
  '', '[Install]', 'WantedBy=multi-user.target',
)

/** Ends strict VMs when the agent cannot, so it stands and falls with nothing else: no order, no dependency, never given up. */
const fenceUnit = (data: string): string => lines(
  '[Unit]', 'Description=ShellWeGo fence: ends strict instances when the lease of the node runs out', 'Documentation=https://github.com/shellwego/shellwego',
  'StartLimitIntervalSec=0',
  '', '[Service]', 'Type=exec', `ExecStart=${data}/launch fence`, 'Restart=always', 'RestartSec=1', 'TimeoutStopSec=5', 'OOMScoreAdjust=-900', 'UMask=0077',
  'ProtectSystem=strict', `ReadWritePaths=${data}/agent /sys/fs/cgroup`, homeRule(data), 'PrivateNetwork=yes', 'ProtectKernelTunables=yes', 'ProtectKernelModules=yes',
  'ProtectKernelLogs=yes', 'ProtectClock=yes', 'LockPersonality=yes', 'RestrictRealtime=yes', 'RestrictSUIDSGID=yes', 'RestrictNamespaces=yes',
  'SystemCallArchitectures=native', 'CapabilityBoundingSet=CAP_KILL CAP_SYS_PTRACE CAP_DAC_OVERRIDE',
  '', '[Install]', 'WantedBy=multi-user.target',
)

const edgeUnit = (data: string): string => lines(
  '[Unit]', 'Description=ShellWeGo edge (Caddy)', 'Documentation=https://caddyserver.com/docs/',
  'Wants=network-online.target', 'After=network-online.target', 'StartLimitIntervalSec=0',
  '', '[Service]', 'Type=exec', `ExecStart=${data}/launch edge`, 'Restart=always', 'RestartSec=1', 'TimeoutStopSec=10', 'LimitNOFILE=1048576',
  'UMask=0022', 'ProtectSystem=strict', `ReadWritePaths=${data}/edge /dev/shm`, homeRule(data), 'PrivateTmp=yes', 'ProtectKernelTunables=yes',
  'ProtectKernelModules=yes', 'ProtectKernelLogs=yes', 'ProtectControlGroups=yes', 'ProtectClock=yes', 'LockPersonality=yes', 'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes', 'RestrictNamespaces=yes', 'SystemCallArchitectures=native', 'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETUID CAP_SETGID CAP_SETPCAP CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER',
  '', '[Install]', 'WantedBy=multi-user.target',
)

export function unitsOf(data: string, withEdge: boolean): Unit[] {
  if (!/^\/[A-Za-z0-9/._-]+$/.test(data)) throw new Error(`${data} cannot be the data folder of a unit: use letters, digits, dots, hyphens and slashes.`)
  return [{ name: AGENT, text: agentUnit(data) }, { name: FENCE, text: fenceUnit(data) }, ...(withEdge ? [{ name: EDGE, text: edgeUnit(data) }] : [])]
}

/** `agent.env` is read by a shell: nothing that a shell would take for more than a word. */
export function environmentText(variables: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^SHELLWEGO_[A-Z0-9_]+$/.test(name)) throw new Error(`${name} is no setting of the agent: its settings begin with SHELLWEGO_.`)
    if (!/^[A-Za-z0-9:/._,@%+=~[\]-]*$/.test(value)) throw new Error(`${name} has a character that a setting cannot have.`)
  }
  return Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`).join('')
}

/** Enough for the agent to reach the edge; it loads everything else. */
export const firstEdgeConfig = (edge: { adminSocket: string; storage: string }): string => `${JSON.stringify({
  admin: { listen: `unix/${edge.adminSocket}` }, storage: { module: 'file_system', root: edge.storage }, logging: { logs: { default: { level: 'WARN' } } },
  apps: { pki: { certificate_authorities: { local: { install_trust: false } } } },
}, null, 2)}\n`
