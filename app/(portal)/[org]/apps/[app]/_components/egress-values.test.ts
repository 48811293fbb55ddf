import { expect, test } from 'vitest'
import { changeOf, valuesOf } from './egress-values.ts'

const network = { app_id: 'app_1', internal_name: 'web.internal', egress: 'restricted' as const, allowed_bandwidth_mbit: 1000, etag: '1', bandwidth_mbit: null }

test('what was read is what is sent when nothing was changed', () => {
  const rules = [{ to: 'api.example.com', protocol: 'tcp' as const, ports: '443' }, { to: '1.2.3.0/24', protocol: 'any' as const, ports: null }]
  expect(changeOf(valuesOf({ ...network, rules }))).toEqual({ egress: 'restricted', rules, bandwidth_mbit: null })
  expect(changeOf(valuesOf({ ...network, rules: [], bandwidth_mbit: 20 })).bandwidth_mbit).toBe(20)
})

test('ports that were typed before the protocol lost them are left out', () => {
  expect(changeOf({ egress: 'restricted', rules: [{ to: 'a.example.com', protocol: 'icmp', ports: '80' }], bandwidth: ' ' }).rules).toEqual([{ to: 'a.example.com', protocol: 'icmp', ports: null }])
})
