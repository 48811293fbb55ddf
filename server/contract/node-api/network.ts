/** What agent and portal say to each other about networks. Part of version 1 of the node API. */
import { z } from 'zod'

const CIDR = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/
const HOST = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+$/
const Port = z.number().int().min(1).max(65_535)

export const EgressRule = z.strictObject({
  /** An IPv4 range, or a host name (`*.` in front takes all below it) whose addresses the node's resolver learns. */
  to: z.union([z.string().regex(CIDR), z.string().max(253).regex(HOST)]),
  protocol: z.enum(['tcp', 'udp', 'icmp', 'any']),
  /** Both ends included; null is every port. */
  ports: z.strictObject({ from: Port, to: Port }).nullable(),
})
export type EgressRule = z.infer<typeof EgressRule>

/**
 * 32 bytes in base64, and an address rather than a name: WireGuard refuses a whole configuration for one bad peer, and looks names up for
 * minutes, so no node may tell others anything they could stumble over.
 */
const MeshKey = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/)
const MeshEndpoint = z.string().max(21).refine((at) => {
  const [ip = '', port = ''] = at.split(':')
  return z.ipv4().safeParse(ip).success && /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535 && at === `${ip}:${port}`
}, 'an IPv4 address and a port')

/**
 * A node's place in the mesh. `edges`: its edge reaches instances of other nodes, and theirs may reach its own. `wakes`: it asks for those that sleep;
 * agents that do not say so are told of none, and where one of them has an edge nothing sleeps.
 */
export const MeshFacts = z.strictObject({ public_key: MeshKey, endpoint: MeshEndpoint, edges: z.literal(true).optional(), wakes: z.literal(true).optional() })

/** Addresses of nodes in the mesh, one each: the end of the pool that organizations have their networks from. */
export const MESH_RANGE = { first: '10.127.240.0', prefix: 20 } as const
export const MESH_NODES = 2 ** (32 - MESH_RANGE.prefix) - 2
const MeshAddress = z.string().regex(/^10\.127\.2[45]\d\.\d{1,3}$/)

export const NetworkObjectSpec = z.strictObject({
  /** Of apps with instances on this node; one that is not named may go anywhere, at full speed. */
  apps: z.array(z.strictObject({
    app_id: z.string(),
    /** Where its instances may go beyond their own network; null is everywhere. */
    egress: z.array(EgressRule).max(100).nullable(),
    /** Of each instance, in each direction; null is no limit. */
    rate_mbit: z.number().int().positive().nullable(),
  })),
  /** Instances of organizations of this node that live on others. */
  remote: z.array(z.strictObject({
    network_id: z.string(), node_id: z.string(), address: z.string().regex(/^\d{1,3}(\.\d{1,3}){3}$/),
    name: z.string(),
    /** Healthy, so its address is an answer for the name. */
    serving: z.boolean(),
    /** Its node is to be asked for it before it is dialled: it may sleep. */
    sleeps: z.literal(true).optional(),
  })).default([]),
  /** Of this node in the mesh; only to agents that said `edges`. */
  address: MeshAddress.optional(),
  /** With an address: one whose edge may reach instances here, and whose instances the edge here may reach. */
  peers: z.array(z.strictObject({
    node_id: z.string(), public_key: MeshKey, endpoint: MeshEndpoint, address: MeshAddress.optional(), wakes: z.literal(true).optional(),
  })).default([]),
})
export type NetworkObjectSpec = z.infer<typeof NetworkObjectSpec>

/** Never reachable from an instance: the networks a host may stand in, link-local (cloud metadata), loopback, multicast. */
export const UNREACHABLE_RANGES = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3',
] as const

/** A node has one. */
export const NETWORK_OBJECT_ID = 'network'
