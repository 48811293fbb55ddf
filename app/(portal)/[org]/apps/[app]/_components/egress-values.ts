import { MAX_EGRESS_RULES } from '../../../../../../server/contract/network.ts'
import type { AppNetwork } from '../../../../../_lib/wire.ts'

type Protocol = AppNetwork['rules'][number]['protocol']
export interface EgressValues { egress: AppNetwork['egress']; rules: { to: string; protocol: Protocol; ports: string }[]; bandwidth: string }

export const MOST_RULES = MAX_EGRESS_RULES

export const valuesOf = (network: AppNetwork): EgressValues => ({
  egress: network.egress, rules: network.rules.map((rule) => ({ ...rule, ports: rule.ports ?? '' })),
  bandwidth: network.bandwidth_mbit === null ? '' : String(network.bandwidth_mbit),
})

const takesPorts = (protocol: Protocol): boolean => protocol === 'tcp' || protocol === 'udp'

export const changeOf = ({ egress, rules, bandwidth }: EgressValues) => ({
  egress,
  rules: rules.map(({ to, protocol, ports }) => ({ to, protocol, ports: takesPorts(protocol) && ports.trim() !== '' ? ports.trim() : null })),
  bandwidth_mbit: bandwidth.trim() === '' ? null : Number(bandwidth),
})
