import fc from 'fast-check'
import { expect, test } from 'vitest'
import packageJson from '../../../../package.json' with { type: 'json' }
import { VERSION } from '../../../contract/version.ts'
import { skewOf } from './skew.ts'

test.each([
  ['0.7.3', '0.7.0', 'same'], ['0.6.9', '0.7.0', 'older'], ['0.5.9', '0.7.0', 'too_old'], ['0.8.0', '0.7.9', 'newer'], ['0.9.0', '0.7.0', 'too_new'],
  ['0.9.9', '1.0.0', 'older'], ['0.9.9', '1.1.0', 'too_old'], ['2.0.0', '1.4.0', 'newer'], ['2.1.0', '1.4.0', 'too_new'], ['3.0.0', '1.0.0', 'too_new'],
  ['', '1.0.0', 'too_old'], ['dev', '1.0.0', 'too_old'], ['1.2', '1.2.0', 'too_old'], ['1.2.0-rc.1', '1.2.0', 'same'],
] as const)('an agent %s at a portal %s is %s', (agent, portal, skew) => expect(skewOf(agent, portal)).toBe(skew))

const version = fc.tuple(fc.nat(3), fc.nat(4), fc.nat(9)).map((parts) => parts.join('.'))
const mirror = { same: 'same', older: 'newer', newer: 'older', too_old: 'too_new', too_new: 'too_old' } as const

test('what one is to the other, the other is to it the other way round; a patch changes nothing', () => {
  fc.assert(fc.property(version, version, fc.nat(9), (a, b, patch) => {
    const [major = '', minor = ''] = a.split('.')
    expect(skewOf(`${major}.${minor}.${patch}`, b)).toBe(skewOf(a, b))
    // Across a major number the older side does not know which minor was its last.
    if (a.split('.')[0] === b.split('.')[0]) expect(skewOf(b, a)).toBe(mirror[skewOf(a, b)])
  }))
})

test('the version the portal speaks of is the one of the package', () => expect(VERSION).toBe(packageJson.version))
