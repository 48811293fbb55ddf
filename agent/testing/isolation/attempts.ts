/** Everything an instance must not be able to do, as tries of `probe.c`. The list in docs/operations/isolation.md is made from this one. */

export type Attacker = 'instance' | 'node' | 'cable'
export interface Attempt { by: Attacker; what: string; tries: string[] }

/** Each is organization, then the last part of the address: `10.64.<org>.<last>`. */
export const ME = { mac: '02:50:0a:40:01:02', ip: '10.64.1.2' }
const NEIGHBOUR = { mac: '02:50:0a:40:01:03', ip: '10.64.1.3' }
const STRANGER = { mac: '02:50:0a:40:02:02', ip: '10.64.2.2' }
const FAR = { own: '10.64.1.4', strangers: ['10.64.2.3', '10.64.3.2'] }
export const FORGED_MAC = '02:66:66:66:66:66'
const EVERYBODY = 'ff:ff:ff:ff:ff:ff'
/** Stands for the MAC of the node's bridge, known when it is made. */
export const GATEWAY_MAC = 'GATEWAY'
export const GATEWAY = '10.64.1.1'
export const NODES = { one: '203.0.113.1', two: '203.0.113.2', bad: '203.0.113.3', outside: '203.0.113.9' }
/** In the mesh. */
export const IN_MESH = { one: '10.127.240.1', two: '10.127.240.2', bad: '10.127.240.3' }
/** The bad node has this one instance, of the same organization. */
export const OF_BAD_NODE = '10.64.1.5'
export const PRIVATE = { one: '192.168.77.1', two: '192.168.77.2' }
export const V6 = { one: '2001:db8:5::1', neighbour: 'fe80::50:aff:fe40:103', me: 'fe80::50:aff:fe40:102' }
export const V6_PORT = 8443
/** Portal with its node API, edge, its admin API, the agent's ask and DNS ports, PostgreSQL, SSH. */
export const NODE_PORTS = [3000, 443, 2019, 10081, 10053, 5432, 22]
/** Of these the hosts have routes to who stands on the cable. */
export const BEYOND = ['10.0.0.9', '100.64.0.9', '172.16.0.9', '192.168.77.9', '198.18.0.9', '169.254.169.254', '10.64.9.9']

const both = (host: string, ...ports: number[]): string[] => ports.flatMap((port) => [`tcp ${host} ${port}`, `udp ${host} ${port}`])
const frame = (sender: string, host: string, port: number, { from = ME.mac, to = GATEWAY_MAC }: { from?: string; to?: string } = {}): string => `frame ${from} ${to} ${sender} ${host} ${port}`
const tagged = (tries: string[]): string[] => tries.flatMap((one) => [one, `tag0-${one}`])

const onOneNode: Omit<Attempt, 'by'>[] = [
  { what: 'Instance of another organization: its port, its port for the edge', tries: both(STRANGER.ip, 8080, 10080) },
  {
    what: 'The same by frames of its own: to that instance\'s MAC, to everybody, to the gateway',
    tries: tagged([STRANGER.mac, EVERYBODY, GATEWAY_MAC].map((to) => frame(ME.ip, STRANGER.ip, 8080, { to }))),
  },
  { what: 'Gateway and DNS of another organization\'s network', tries: both('10.64.2.1', 53, 3000) },
  { what: 'Portal and node API, edge, edge\'s admin, agent, database and SSH at the own gateway', tries: both(GATEWAY, ...NODE_PORTS) },
  { what: 'The same at the node\'s public and private addresses', tries: [...both(NODES.one, ...NODE_PORTS), ...both(PRIVATE.one, ...NODE_PORTS)] },
  { what: 'The same at the node\'s loopback, where they listen, by frames addressed to 127.0.0.1', tries: tagged(NODE_PORTS.map((port) => frame(ME.ip, '127.0.0.1', port))) },
  {
    what: 'Broadcast and multicast to the node; DHCP',
    tries: ['shout 255.255.255.255 3000', 'shout 10.64.1.255 3000', 'udp 224.0.0.1 3000', frame('0.0.0.0', '255.255.255.255', 67, { to: EVERYBODY }), frame(ME.ip, '255.255.255.255', 67, { to: EVERYBODY })],
  },
  { what: 'Metadata of clouds (169.254.169.254)', tries: [...both('169.254.169.254', 80), ...tagged([frame(ME.ip, '169.254.169.254', 80)])] },
  { what: 'Private, shared and link-local ranges beyond the node, though it has routes to them', tries: BEYOND.flatMap((host) => both(host, 80)) },
  {
    what: 'Sender address of a neighbour, the gateway, another organization\'s instance, loopback, nobody: to a neighbour, outside, to DNS',
    tries: [NEIGHBOUR.ip, GATEWAY, STRANGER.ip, '127.0.0.1', '10.64.1.77', NODES.outside].flatMap((sender) => [
      frame(sender, NEIGHBOUR.ip, 8080, { to: NEIGHBOUR.mac }), frame(sender, NODES.outside, 8080), `tag0-${frame(sender, NEIGHBOUR.ip, 8080, { to: NEIGHBOUR.mac })}`, frame(sender, GATEWAY, 53),
    ]),
  },
  {
    what: 'MAC of a neighbour, the gateway, nobody: to a neighbour, outside',
    tries: tagged([NEIGHBOUR.mac, GATEWAY_MAC, FORGED_MAC].flatMap((from) => [
      frame(ME.ip, NEIGHBOUR.ip, 8080, { from, to: NEIGHBOUR.mac }), frame(ME.ip, NODES.outside, 8080, { from }),
    ])),
  },
  {
    what: 'ARP: the gateway, a neighbour, one on another node, another organization\'s instance, a free address live here',
    tries: tagged([GATEWAY, NEIGHBOUR.ip, FAR.own, STRANGER.ip, '10.64.1.66'].flatMap((claimed) => [`arp ${ME.mac} ${claimed} ${ME.mac}`, `arp ${ME.mac} ${claimed} ${FORGED_MAC}`])),
  },
  { what: 'ARP: the own address lives at another MAC; the same from another MAC', tries: tagged([`arp ${ME.mac} ${ME.ip} ${FORGED_MAC}`, `arp ${FORGED_MAC} ${ME.ip} ${FORGED_MAC}`]) },
  {
    what: 'IPv6: node and neighbour, by address, by multicast, by frames of its own',
    tries: [
      ...both(V6.one, V6_PORT), ...both(`${V6.neighbour}%eth0`, V6_PORT), `udp ff02::1%eth0 ${V6_PORT}`,
      ...tagged([frame(V6.me, V6.one, V6_PORT), frame(V6.me, 'ff02::1', V6_PORT, { to: '33:33:00:00:00:01' }), frame(V6.me, V6.neighbour, V6_PORT, { to: NEIGHBOUR.mac })]),
    ],
  },
]

const acrossNodes: Omit<Attempt, 'by'>[] = [
  { what: 'Instances of other organizations on another node, whether these have some here or not', tries: FAR.strangers.flatMap((host) => both(host, 8080, 10080)) },
  { what: 'Gateway and DNS of a network that is on the other node only', tries: both('10.64.3.1', 53, 3000) },
  { what: 'The other node at its address: everything but its edge', tries: both(NODES.two, ...NODE_PORTS.filter((port) => port !== 443)) },
  { what: 'The other node at its private address, though this one has a route', tries: both(PRIVATE.two, ...NODE_PORTS) },
  { what: 'Nodes at their addresses in the mesh: port of edges, everything else', tries: [IN_MESH.one, IN_MESH.two].flatMap((host) => both(host, 10080, ...NODE_PORTS)) },
  {
    what: 'Sender address of a node in the mesh: to the port of edges of instances here and elsewhere',
    tries: tagged([IN_MESH.one, IN_MESH.two].flatMap((sender) => [STRANGER.ip, NEIGHBOUR.ip, ...FAR.strangers].map((host) => frame(sender, host, 10080)))),
  },
  { what: 'Own instance on another node that the portal has not named to this one', tries: both('10.64.1.9', 8080) },
  {
    what: 'Sender address of a neighbour, another organization\'s instance, the gateway: to instances on the other node',
    tries: tagged([NEIGHBOUR.ip, STRANGER.ip, GATEWAY].flatMap((sender) => [FAR.own, ...FAR.strangers].map((host) => frame(sender, host, 8080)))),
  },
]

const byNode: Omit<Attempt, 'by'>[] = [
  {
    what: 'Addresses of instances that are not its own, of the node, of nobody, to instances',
    tries: [FAR.own, NEIGHBOUR.ip, '10.64.1.77', '10.64.2.3', NODES.bad, GATEWAY, '127.0.0.1'].flatMap((sender) => [NEIGHBOUR.ip, STRANGER.ip].map((host) => `forge ${sender} ${host} 8080`)),
  },
  { what: 'As an edge: an app\'s own port, the port of edges by UDP, any service of the node', tries: [`tcp ${STRANGER.ip} 8080`, ...[8080, 10080].map((port) => `udp ${STRANGER.ip} ${port}`), ...both(IN_MESH.one, ...NODE_PORTS)] },
  { what: 'As the edge of another node', tries: [STRANGER.ip, NEIGHBOUR.ip].flatMap((host) => [8080, 10080].map((port) => `forge ${IN_MESH.two} ${host} ${port}`)) },
  { what: 'Its own instance\'s address to another organization', tries: [`forge ${OF_BAD_NODE} ${STRANGER.ip} 8080`, `forge ${OF_BAD_NODE} ${STRANGER.ip} 10080`] },
  { what: 'Its own instance\'s address to the node: gateways, DNS, services', tries: [GATEWAY, '10.64.2.1', PRIVATE.one].flatMap((host) => [53, ...NODE_PORTS].map((port) => `forge ${OF_BAD_NODE} ${host} ${port}`)) },
]

const byCable: Omit<Attempt, 'by'>[] = [
  { what: 'Instances, with a route to them: port, port for the edge', tries: [NEIGHBOUR.ip, STRANGER.ip].flatMap((host) => both(host, 8080, 10080)) },
  { what: 'Gateways and DNS of the networks, with a route to them', tries: [...both(GATEWAY, 53, 3000), ...both('10.64.2.1', 53, 3000)] },
  { what: 'Sender address of a neighbour, of an instance on another node', tries: [NEIGHBOUR.ip, FAR.own, OF_BAD_NODE].flatMap((sender) => [`forge ${sender} ${NEIGHBOUR.ip} 8080`, `forge ${sender} ${GATEWAY} 53`]) },
  { what: 'Sender address of a node in the mesh, to the port of edges', tries: [IN_MESH.two, IN_MESH.bad].flatMap((sender) => [NEIGHBOUR.ip, STRANGER.ip].map((host) => `forge ${sender} ${host} 10080`)) },
]

export const ATTEMPTS: readonly Attempt[] = [
  ...[...onOneNode, ...acrossNodes].map((one) => ({ by: 'instance' as const, ...one })),
  ...byNode.map((one) => ({ by: 'node' as const, ...one })), ...byCable.map((one) => ({ by: 'cable' as const, ...one })),
]

/** What must answer, or silence would prove nothing. */
export const ALLOWED: readonly { by: Attacker; what: string; tries: string[]; answers: string[] }[] = [
  { by: 'instance', what: 'Neighbour of the own organization, on the same node and on another', tries: [...both(NEIGHBOUR.ip, 8080), ...both(FAR.own, 8080)], answers: Array(4).fill(ME.ip) as string[] },
  { by: 'instance', what: 'DNS at the own gateway', tries: both(GATEWAY, 53), answers: [ME.ip, ME.ip] },
  { by: 'instance', what: 'The outside, behind the node\'s address; the edge of the other node', tries: [...both(NODES.outside, 8080), `tcp ${NODES.two} 443`], answers: [NODES.one, NODES.one, NODES.one] },
  { by: 'node', what: 'As every node\'s edge: an app of any organization at the port of edges', tries: [`tcp ${STRANGER.ip} 10080`], answers: [IN_MESH.bad] },
  { by: 'node', what: 'Its own instance to one of the same organization', tries: both(NEIGHBOUR.ip, 8080), answers: [OF_BAD_NODE, OF_BAD_NODE] },
]
