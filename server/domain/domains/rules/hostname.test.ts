import { expect, test } from 'vitest'
import { skeletonOf } from './look-alike.ts'
import { readHostname, type PlatformNames } from './hostname.ts'

const platform: PlatformNames = { consoles: ['console.cloud.com', 'panel.reseller.io'], appsDomain: 'apps.cloud.com', sandbox: false }
const read = (typed: string, over: Partial<PlatformNames> = {}) => readHostname(typed, { ...platform, ...over })

test.each([
  ['shop.example.com', 'shop.example.com'], [' Shop.EXAMPLE.com. ', 'shop.example.com'], ['example.co.uk', 'example.co.uk'], ['*.shop.example.com', '*.shop.example.com'],
  ['bücher.de', 'xn--bcher-kva.de'], ['例え.jp', 'xn--r8jz45g.jp'], ['пример.рф', 'xn--e1afmkfd.xn--p1ai'], ['me.github.io', 'me.github.io'], ['ørsted.dk', 'xn--rsted-uua.dk'],
  ['cloud.com', 'cloud.com'], ['a--b.example.com', 'a--b.example.com'],
])('%s is %s', (typed, ascii) => {
  expect(read(typed)).toMatchObject({ ascii })
})

test.each([
  ['', 'invalid_hostname'], ['https://shop.example.com', 'invalid_hostname'], ['shop.example.com/path', 'invalid_hostname'], ['shop..example.com', 'invalid_hostname'],
  ['-a.example.com', 'invalid_hostname'], ['a b.example.com', 'invalid_hostname'], ['a_b.example.com', 'invalid_hostname'], ['%73hop.example.com', 'invalid_hostname'],
  ['**.example.com', 'invalid_hostname'], ['a.*.example.com', 'invalid_hostname'], [`${'a'.repeat(64)}.com`, 'invalid_hostname'], [`${'a.'.repeat(130)}com`, 'invalid_hostname'],
  ['10.0.0.1', 'ip_address'], ['0x7f.1', 'ip_address'], ['*.10.0.0.1', 'ip_address'], ['[::1]', 'ip_address'],
  ['localhost', 'special_name'], ['db.internal', 'special_name'], ['printer.local', 'special_name'], ['1.0.0.127.in-addr.arpa', 'special_name'],
  ['com', 'public_suffix'], ['co.uk', 'public_suffix'], ['*.co.uk', 'public_suffix'], ['github.io', 'public_suffix'], ['*.com', 'public_suffix'], ['*.github.io', 'public_suffix'],
  ['shop.nosuchending', 'unknown_suffix'], ['shop.test', 'unknown_suffix'],
  ['console.cloud.com', 'platform_name'], ['x.console.cloud.com', 'platform_name'], ['web.apps.cloud.com', 'platform_name'], ['*.apps.cloud.com', 'platform_name'],
  ['*.cloud.com', 'platform_name'], ['*.reseller.io', 'platform_name'], ['PANEL.reseller.io', 'platform_name'],
  ['pаypal.com', 'mixed_scripts'], ['gοοgle.com', 'mixed_scripts'], ['аррӏе.com', 'look_alike'], ['xn--80ak6aa92e.com', 'look_alike'], ['cónsole.cloud.com', 'look_alike'],
])('%s is refused as %s', (typed, code) => {
  expect(read(typed)).toMatchObject({ fault: [code, expect.any(String)] })
})

test('endings for trials do in a sandbox only', () => {
  expect(read('shop.test', { sandbox: true })).toMatchObject({ ascii: 'shop.test' })
  expect(read('shop.example', { sandbox: true })).toMatchObject({ ascii: 'shop.example' })
  expect(read('shop.localhost', { sandbox: true })).toMatchObject({ fault: ['special_name', expect.any(String)] })
})

test('an international name carries what it looks like, a plain one does not', () => {
  expect(read('bücher.de')).toMatchObject({ skeleton: 'bucher.de', unicode: 'bücher.de' })
  expect(read('bucher.de')).toMatchObject({ skeleton: null })
  expect(skeletonOf('ехаmple')).toBe('example')
})
