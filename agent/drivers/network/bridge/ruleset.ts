/** Pure: the whole of our nftables rules as one file, swapped at once. Sets and maps carry the instances, so rules do not grow with them. */
import { MESH_RANGE, UNREACHABLE_RANGES } from '../../../../server/contract/node-api/network.ts'
import { CALL_PORT, EDGE_PORT, OPEN_POLICY, parseAddress, type NetworkPolicy, type NetworkRequest } from '../../network.ts'
import { bridgeName, MESH, TABLE, tapName } from '../names.ts'
import { egressParts, type EgressParts, type LearnedSets } from './egress.ts'
import { remoteHere } from './mesh.ts'
import { rateParts, type RateParts } from './rates.ts'

export const emptyRuleset = (): string => ['inet', 'bridge'].map((family) => `table ${family} ${TABLE}\ndelete table ${family} ${TABLE}\n`).join('')

export function ruleset(
  requests: readonly NetworkRequest[], policy: NetworkPolicy = OPEN_POLICY, learned: LearnedSets = new Map(), challengePort: number | null = null,
): string {
  const bound = requests.map((r) => `"${tapName(r.vmId)}" . ${r.mac} . ${parseAddress(r.address).ip}`)
  const gateways = unique(requests.map((r) => `"${bridgeName(r.networkId)}" . ${r.gateway}`))
  const gatewayAddresses = unique(requests.map((r) => r.gateway))
  const members = unique(requests.map((r) => `"${bridgeName(r.networkId)}" . ${parseAddress(r.address).ip}`))
  const remote = unique(remoteHere(policy, new Set(requests.map((r) => r.networkId))).map((one) => `"${bridgeName(one.network_id)}" . ${one.address}`))
  const nodes = unique(policy.peers.map((peer) => peer.endpoint.split(':')[0] ?? ''))
  const neighbours = unique(requests.map((r) => `"${bridgeName(r.networkId)}" . "${bridgeName(r.networkId)}"`))
  const ports = requests.flatMap((r) => (r.port === null ? [] : [`${parseAddress(r.address).ip} : ${parseAddress(r.address).ip} . ${r.port}`]))
  const asleep = requests.filter((r) => r.shut).map((r) => parseAddress(r.address).ip)
  const egress = egressParts(requests, policy, learned)
  const inet = inetTable({ gateways, gatewayAddresses, members, remote, nodes, neighbours, ports, asleep, egress, challengePort })
  return `${emptyRuleset()}${inet}${bridgeTable(bound, rateParts(requests, policy))}`
}

/** Of another node an instance may reach what anybody may, its apps; not what a firewall between nodes lets through for this one. */
const EDGE_PORTS = '80, 443, 8080, 8443'

/** Of nodes. A peer's key may speak for its own one only, so whoever comes from here by way of the mesh is a node's edge. */
const NODES = `${MESH_RANGE.first}/${MESH_RANGE.prefix}`

const unique = (items: string[]): string[] => [...new Set(items)].sort()
const elements = (items: readonly string[]): string => (items.length === 0 ? '' : `    elements = { ${[...items].sort().join(', ')} }\n`)

interface InetSets {
  gateways: string[]
  gatewayAddresses: string[]
  members: string[]
  remote: string[]
  nodes: string[]
  /** Where br_netfilter is on, traffic inside one bridge passes the forward hook too. */
  neighbours: string[]
  ports: string[]
  asleep: string[]
  egress: EgressParts
  /** Where other nodes' edges may ask this one's. */
  challengePort: number | null
}

const inetSets = (sets: InetSets): string => `  set gateways {
    type ifname . ipv4_addr
${elements(sets.gateways)}  }
  set gateway_addresses {
    type ipv4_addr
${elements(sets.gatewayAddresses)}  }
  set members {
    type ifname . ipv4_addr
${elements(sets.members)}  }
  set remote_members {
    type ifname . ipv4_addr
${elements(sets.remote)}  }
  set nodes {
    type ipv4_addr
${elements(sets.nodes)}  }
  set neighbours {
    type ifname . ifname
${elements(sets.neighbours)}  }
  map app_ports {
    type ipv4_addr : ipv4_addr . inet_service
${elements(sets.ports)}  }
  set asleep {
    type ipv4_addr
${elements(sets.asleep)}  }
  map egress_of {
    type ipv4_addr : verdict
${elements(sets.egress.dispatch)}  }
  set egress_marks {
    type ipv4_addr . mark
${elements(sets.egress.marks)}  }
${sets.egress.definitions}`

const inetTable = (sets: InetSets): string => `
table inet ${TABLE} {
${inetSets(sets)}  chain from_instances_to_host {
    type filter hook input priority filter - 10; policy accept;
    iifname "${MESH}" ip daddr ${NODES} ct state established,related accept
    iifname "${MESH}" ip saddr ${NODES} ip daddr ${NODES} tcp dport ${EDGE_PORT} reject with tcp reset
    iifname "${MESH}" ip saddr ${NODES} ip daddr ${NODES} tcp dport ${CALL_PORT} accept
${sets.challengePort === null ? '' : `    iifname "${MESH}" ip saddr ${NODES} ip daddr ${NODES} tcp dport ${sets.challengePort} accept\n`}    iifname "${MESH}" drop
    iifname != { "swgb*", "lo" } ip daddr @gateway_addresses drop
    iifname != "swgb*" accept
    ct state established,related accept
    iifname . ip daddr @gateways udp dport 53 accept
    iifname . ip daddr @gateways tcp dport 53 accept
    drop
  }
  chain through_host {
    type filter hook forward priority filter - 10; policy accept;
    iifname "${MESH}" ip saddr ${NODES} ct status dnat oifname . ip daddr @members accept
    iifname "${MESH}" ip saddr ${NODES} tcp dport ${EDGE_PORT} reject with tcp reset
    iifname "${MESH}" oifname . ip saddr @remote_members oifname . ip daddr @members accept
    iifname "${MESH}" drop
    oifname "${MESH}" tcp flags syn tcp option maxseg size set rt mtu
    oifname "${MESH}" ip daddr ${NODES} ct state established,related iifname . ip saddr @members accept
    oifname "${MESH}" iifname . ip saddr @members iifname . ip daddr @remote_members accept
    oifname "${MESH}" drop
    iifname != "swgb*" oifname != "swgb*" accept
    ct state invalid drop
    iifname . oifname @neighbours accept
    oifname "swgb*" ct state established,related accept
    oifname "swgb*" drop
    iifname . ip saddr != @members drop
    ip daddr { ${UNREACHABLE_RANGES.join(', ')} } drop
    meta nfproto ipv6 drop
    ip daddr @nodes tcp dport != { ${EDGE_PORTS} } drop
    ip daddr @nodes meta l4proto != tcp drop
    ip saddr . ct mark @egress_marks accept
    ip saddr vmap @egress_of
    accept
  }
  chain edge_to_app {
    type nat hook output priority -100; policy accept;
    tcp dport ${EDGE_PORT} dnat ip to ip daddr map @app_ports
  }
  chain edge_of_peers {
    type nat hook prerouting priority dstnat; policy accept;
    iifname "${MESH}" ip saddr ${NODES} ip daddr != @asleep tcp dport ${EDGE_PORT} dnat ip to ip daddr map @app_ports
  }
  chain leaving {
    type nat hook postrouting priority srcnat; policy accept;
    iifname "swgb*" oifname != { "swgb*", "${MESH}" } masquerade
  }
}
`

/** The rate is judged after the identity, so that nobody uses up another's. */
const bridgeTable = (bound: readonly string[], rates: RateParts): string => `
table bridge ${TABLE} {
  set bound {
    type ifname . ether_addr . ipv4_addr
${elements(bound)}  }
${rates.definitions}  map rates {
    type ifname : limit
${elements(rates.limits)}  }
  chain anti_spoof {
    type filter hook prerouting priority -300; policy accept;
    iifname != "swgt*" accept
    ether type ip iifname . ether saddr . ip saddr @bound accept
    ether type arp iifname . ether saddr . arp saddr ip @bound iifname . arp saddr ether . arp saddr ip @bound accept
    drop
  }
  chain upload_rate {
    type filter hook prerouting priority -290; policy accept;
    limit name iifname map @rates drop
  }
}
`
