/**
 * When something last came from another node to an instance here. Their edges dial instances by themselves, so the kernel alone sees it; it remembers
 * in a table of its own, through changes of the rules and the agent's death.
 */
import { runCommand, tryCommand } from '../../command.ts'
import { MESH, TABLE, VISITS } from '../names.ts'

/** Longer than any app is awake without use. */
const KEEP_S = 90_000

interface Listed { nftables?: { set?: { elem?: { elem?: { val: string; expires?: number } }[] } }[] }

/** Idempotent. After the filter: what that refuses is no use. An open connection shows its life four times a minute. */
export const visitsTable = (): string => [
  `add table inet ${VISITS}`,
  `add set inet ${VISITS} last { type ipv4_addr; size 65536; flags dynamic,timeout; timeout ${KEEP_S}s; }`,
  `add chain inet ${VISITS} seen { type filter hook forward priority filter; policy accept; }`,
  `flush chain inet ${VISITS} seen`,
  `add rule inet ${VISITS} seen iifname "${MESH}" oifname "swgb*" update @last { ip daddr }`, '',
].join('\n')

export const withoutVisits = (): string => `table inet ${VISITS}\ndelete table inet ${VISITS}\n`

export async function visitedAgo(address: string): Promise<number | null> {
  const { code, stdout } = await tryCommand(['nft', '-j', 'list', 'set', 'inet', VISITS, 'last'])
  if (code !== 0) return null
  const all = ((JSON.parse(stdout) as Listed).nftables ?? []).flatMap(({ set }) => set?.elem ?? [])
  const expires = all.find(({ elem }) => elem?.val === address)?.elem?.expires
  return expires === undefined ? null : (KEEP_S - expires) * 1000
}

/** Without a change of all rules: a visitor waits for one who wakes. */
export async function refuse(address: string, refused: boolean): Promise<void> {
  const element = `element inet ${TABLE} asleep { ${address} }`
  // Adding what is there is no fault; taking out what is not there would be.
  await runCommand(['nft', '-f', '-'], { input: refused ? `add ${element}\n` : `add ${element}\ndelete ${element}\n` })
}
