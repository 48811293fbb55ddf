import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mountFault } from './mount-path.ts'

test.each([
  ['data', 'not_absolute'], ['', 'not_absolute'], ['./data', 'not_absolute'], ['/data/', 'not_plain'], ['/a//b', 'not_plain'], ['/a/../etc', 'not_plain'], ['/./a', 'not_plain'],
  ['/', 'system_path'], ['/etc', 'system_path'], ['/usr/bin', 'system_path'], ['/proc/1', 'system_path'], ['/dev/shm', 'system_path'], ['/var/lib', 'system_path'],
])('%s is refused as %s', (path, code) => {
  expect(mountFault(path, [])).toMatchObject({ pointer: '/mount_path', code })
})

test.each(['/data', '/var/lib/postgresql/data', '/usr/share/nginx/html', '/srv', '/mnt/a', '/etc/app', '/home/app'])('%s is fine', (path) => {
  expect(mountFault(path, ['/other'])).toBeNull()
})

const parts = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }).map((names) => `/${names.join('/')}`)

test('of two volumes of an app neither is at or inside the other, whichever came first', () => {
  fc.assert(fc.property(parts, parts, (one, two) => {
    const overlap = `${one}/`.startsWith(`${two}/`) || `${two}/`.startsWith(`${one}/`)
    expect(mountFault(one, [two]) !== null).toBe(overlap)
    expect(mountFault(two, [one]) !== null).toBe(overlap)
  }))
})
