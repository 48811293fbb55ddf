import { domainToASCII, domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { mixesScripts, poses, skeletonOf } from './look-alike.ts'

export interface PlatformNames {
  /** Of consoles: nobody's, nor a name below or a wildcard over them. */
  consoles: readonly string[]
  appsDomain: string
  /** Endings nobody has registered, like `.test`, do in a sandbox. */
  sandbox: boolean
}

export interface Hostname {
  /** As DNS has it. */
  ascii: string
  unicode: string
  wildcard: boolean
  /** Where its TXT record stands: the name itself, or what a wildcard is over. */
  base: string
  /** Of an international name: how it looks. */
  skeleton: string | null
}

export type HostnameFault = readonly [code: string, message: string]
const fault = (code: string, message: string): { fault: HostnameFault } => ({ fault: [code, message] })

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
/** RFC 6761 and its like: never names of the public DNS. */
const SPECIAL = new Set(['localhost', 'local', 'internal', 'invalid', 'onion', 'arpa', 'alt', 'lan', 'home', 'corp', 'localdomain'])
/** Names of the domain name system's own and of trials; customers would only lose mail or trust by them. */
const NOT_REGISTERED = new Set(['test', 'example'])

export const unicodeOf = (ascii: string): string => (ascii.startsWith('*.') ? `*.${domainToUnicode(ascii.slice(2))}` : domainToUnicode(ascii))
export const baseOf = (ascii: string): string => (ascii.startsWith('*.') ? ascii.slice(2) : ascii)

const below = (name: string, parent: string): boolean => name === parent || name.endsWith(`.${parent}`)

/** What a person typed, as the name it is; or why it cannot be led to an app. Whose it is, is not asked here. */
export const readHostname = (typed: string, platform: PlatformNames): Hostname | { fault: HostnameFault } => {
  const plain = typed.trim().replace(/\.$/, '')
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(plain) || /[/?#@]/.test(plain)) return fault('invalid_hostname', 'Enter the name alone, without https:// and path.')
  const wildcard = plain.startsWith('*.')
  const typedBase = wildcard ? plain.slice(2) : plain
  const base = typedBase.includes('%') ? '' : domainToASCII(typedBase)
  const labels = base.split('.')
  if (/^[0-9.]+$/.test(base) || base.includes(':')) return fault('ip_address', 'An address cannot be proven. Enter a domain like shop.example.com.')
  if (base === '' || base.length > 251 || labels.some((label) => !LABEL.test(label))) return fault('invalid_hostname', 'That is no domain. Enter one like shop.example.com.')
  const unicode = domainToUnicode(base)
  return ownFault(base, unicode, platform, wildcard)
    ?? { ascii: wildcard ? `*.${base}` : base, unicode: wildcard ? `*.${unicode}` : unicode, wildcard, base, skeleton: unicode === base ? null : lookOf(unicode, wildcard) }
}

const lookOf = (unicode: string, wildcard: boolean): string => `${wildcard ? '*.' : ''}${skeletonOf(unicode)}`

const ownFault = (base: string, unicode: string, platform: PlatformNames, wildcard: boolean): { fault: HostnameFault } | null => {
  const last = base.slice(base.lastIndexOf('.') + 1)
  if (SPECIAL.has(last)) return fault('special_name', `Names under .${last} do not exist in the public DNS. Enter a domain you registered.`)
  return platformFault(base, platform, wildcard) ?? suffixFault(base, last, platform) ?? deceitFault(unicode, platform)
}

const platformFault = (base: string, { consoles, appsDomain }: PlatformNames, wildcard: boolean): { fault: HostnameFault } | null => {
  const taken = [...consoles, appsDomain]
  const covered = wildcard && taken.some((name) => name.slice(name.indexOf('.') + 1) === base)
  if (covered || taken.some((name) => below(base, name))) return fault('platform_name', 'This name belongs to the platform. Enter a domain of your own.')
  return null
}

const suffixFault = (base: string, last: string, { sandbox }: PlatformNames): { fault: HostnameFault } | null => {
  const { publicSuffix, isIcann, isPrivate } = parse(base, { allowPrivateDomains: true, validateHostname: false })
  const known = isIcann === true || isPrivate === true
  if (!base.includes('.') || (known && publicSuffix === base)) {
    return fault('public_suffix', 'Anybody can register names below this one, so it is nobody\'s. Enter the domain you registered.')
  }
  if (!known && !(sandbox && NOT_REGISTERED.has(last))) return fault('unknown_suffix', `.${last} is not a known ending of domains.`)
  return null
}

const deceitFault = (unicode: string, { consoles, appsDomain }: PlatformNames): { fault: HostnameFault } | null => {
  const labels = unicode.split('.')
  const suffix = labels.at(-1) ?? ''
  if (labels.some(mixesScripts)) return fault('mixed_scripts', 'It mixes letters of several alphabets, as names that deceive do.')
  const look = skeletonOf(unicode)
  const likePlatform = look !== unicode && [...consoles, appsDomain].some((name) => below(look, name))
  if (likePlatform || labels.slice(0, -1).some((label) => poses(label, suffix))) {
    return fault('look_alike', `It is written in other letters, but reads as ${look}. Names that can be taken for another one are not served.`)
  }
  return null
}
