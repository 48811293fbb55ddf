import { expect, test } from 'vitest'
import { deviceName, networkOf } from './device.ts'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36', 'Chrome on Linux'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14.1; rv:139.0) Gecko/20100101 Firefox/139.0', 'Firefox on macOS'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Safari on iPhone'],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0 Safari/537.36', 'Chrome on Linux'],
  ['curl/8.9.1', 'curl'], ['shellwego-cli/1.0 node/24', 'shellwego-cli'], ['<script>alert(1)</script>', 'Unknown device'], ['', 'Unknown device'], [null, 'Unknown device'],
])('%s is %s', (agent, name) => {
  expect(deviceName(agent)).toBe(name)
})

test.each([
  ['203.0.113.77', '203.0.113.0/24'], ['::ffff:203.0.113.77', '203.0.113.0/24'], ['2001:db8:1:2::7', '2001:db8:1::/48'], ['2001:0db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'], ['not an address', 'unknown'], [null, 'unknown'],
])('%s is in %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
