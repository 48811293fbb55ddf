import { isIPv4, isIPv6 } from 'node:net'

const BROWSERS = [[/\bEdg\//, 'Edge'], [/\bFirefox\//, 'Firefox'], [/\bOPR\//, 'Opera'], [/\b(Chrome|Chromium|HeadlessChrome)\//, 'Chrome'], [/\bSafari\//, 'Safari']] as const
const SYSTEMS = [
  [/\bAndroid\b/, 'Android'], [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bWindows\b/, 'Windows'], [/\bMac OS X\b/, 'macOS'], [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const
const firstOf = (list: readonly (readonly [RegExp, string])[], text: string): string | undefined => list.find(([pattern]) => pattern.test(text))?.[1]

/** `Chrome on Linux` out of a user agent; a program by its own name (`curl`); never the text as it came, which anybody may choose. */
export const deviceName = (userAgent: string | null): string => {
  if (!userAgent) return 'Unknown device'
  const [browser, system] = [firstOf(BROWSERS, userAgent), firstOf(SYSTEMS, userAgent)]
  if (browser) return system ? `${browser} on ${system}` : browser
  return /^([a-z][a-z0-9._-]{0,39})(\/|\s|$)/i.exec(userAgent)?.[1] ?? 'Unknown device'
}

/** The network an address is in: /24 or /48. A person who moves inside one is not told each time. */
export const networkOf = (ip: string | null): string => {
  const plain = ip?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  return isIPv6(plain) ? `${expanded(plain).slice(0, 3).join(':')}::/48` : 'unknown'
}

const expanded = (ip: string): string[] => {
  const [head = '', tail] = (ip.split('%')[0] ?? '').toLowerCase().split('::')
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after].map((g) => g.replace(/^0+(?=.)/, ''))
}
