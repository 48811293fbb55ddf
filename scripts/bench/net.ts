import { Lab, request, type LabHost } from '../../agent/testing/network-lab.ts'
import { OPEN_POLICY, type NetworkPolicy } from '../../agent/drivers/network.ts'
import type { Figure } from './report.ts'

const MS = 4_000
const MBIT_PER_MB = 8

/** Namespaces stand for machines: measured is what bridge, rules and mesh cost, not what an emulated processor costs. */
export async function measureNet(): Promise<Figure[]> {
  const lab = new Lab('bench')
  try {
    const { bare, cable } = await withoutRules(lab)
    const mesh = await withRules(lab)
    const figure = (what: string, mbit: number, reference: { what: string; mbit: number }): Figure =>
      ({ what, value: mbit / MBIT_PER_MB, unit: 'MB/s', reference: { what: reference.what, value: reference.mbit / MBIT_PER_MB } })
    return [
      figure('machine to machine on one host', mesh.near, { what: 'raw bridge', mbit: bare }),
      figure('machine to machine over the mesh', mesh.far, { what: 'raw bridge', mbit: bare }),
      figure('host to host on the cable below the mesh', cable, { what: 'raw bridge', mbit: bare }),
    ]
  } finally {
    lab.end()
  }
}

/** A bridge of its own without any rule, and the cable between the hosts. */
async function withoutRules(lab: Lab): Promise<{ bare: number; cable: number }> {
  for (const space of ['one', 'two', 'r0', 'r1', 'r2']) lab.space(space)
  lab.run('r0', 'ip', 'link', 'add', 'plain', 'type', 'bridge', 'forward_delay', '0')
  lab.run('r0', 'ip', 'link', 'set', 'plain', 'up')
  for (const at of [1, 2]) {
    lab.cable(['r0', `p${at}`, null], [`r${at}`, 'eth0', `192.168.9.${at}/24`])
    lab.run('r0', 'ip', 'link', 'set', `p${at}`, 'master', 'plain')
  }
  lab.cable(['one', 'wan', '203.0.113.1/24'], ['two', 'wan', '203.0.113.2/24'])
  await lab.flood('r2')
  await lab.flood('two')
  return { bare: await lab.speed('r1', '192.168.9.2', 'up', MS), cable: await lab.speed('one', '203.0.113.2', 'up', MS) }
}

async function withRules(lab: Lab): Promise<{ near: number; far: number }> {
  const [one, two] = [lab.host('one'), lab.host('two')]
  for (const host of [one, two]) await host.call('restore', [], OPEN_POLICY)
  await lab.machine(one, 'a1', request(1, 2))
  await lab.machine(one, 'a2', request(1, 3))
  await lab.machine(two, 'a3', request(1, 4))
  const policies = [await policyOf(two, '203.0.113.2', [4]), await policyOf(one, '203.0.113.1', [2, 3])]
  await one.call('configure', policies[0])
  await two.call('configure', policies[1])
  await lab.flood('a2')
  await lab.flood('a3')
  // Keys are agreed with the first packet, which may wait five seconds for them.
  for (let tries = 0; tries < 20 && !Number.isFinite(await lab.speed('a1', '10.64.1.4', 'up', 200));) tries += 1
  return { near: await lab.speed('a1', '10.64.1.3', 'up', MS), far: await lab.speed('a1', '10.64.1.4', 'up', MS) }
}

const policyOf = async (peer: LabHost, address: string, machines: number[]): Promise<NetworkPolicy> => ({
  ...OPEN_POLICY,
  remote: machines.map((last) => ({ network_id: 'net_1', node_id: 'peer', address: `10.64.1.${last}`, name: 'web', serving: true })),
  peers: [{ node_id: 'peer', public_key: await peer.call<string>('meshKey'), endpoint: `${address}:51820` }],
})
