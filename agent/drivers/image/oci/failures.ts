/** Turns what skopeo, umoci and the file system report into the port's closed error codes. Pure. */
import { ImageError, type ImageErrorCode } from '../../image.ts'

interface Rule { code: ImageErrorCode, pattern: RegExp }

const anyOf = (...patterns: string[]): RegExp => new RegExp(patterns.join('|'), 'i')

const BUSY = anyOf(
  'toomanyrequests', 'too many requests', String.raw`\b429\b`, String.raw`\b5\d\d\b (?:internal|bad|service|gateway)`,
  String.raw`(?:status|code|response)[^\n]{0,40}\b5\d\d\b`, 'internal server error', 'bad gateway', 'service unavailable', 'gateway time-?out',
)
const UNREACHABLE = anyOf(
  'no such host', 'connection refused', 'connection reset', 'i/o timeout', 'timed? ?out', 'deadline exceeded', 'network is unreachable',
  'no route to host', 'temporary failure', String.raw`\bEOF\b`, 'x509', 'certificate', 'tls:', 'server gave HTTP response', 'server misbehaving',
  'pinging container registry',
)

/** First match wins: more specific causes stand above the ones that only mention a status. */
const RULES: Rule[] = [
  { code: 'no_space', pattern: /no space left on device|disk quota exceeded|ENOSPC|EDQUOT/i },
  { code: 'digest_mismatch', pattern: /digest (?:did not match|mismatch)|does not match (?:the )?(?:expected )?digest|digest .* does not match/i },
  { code: 'image_auth', pattern: /unauthorized|authentication required|\b40[13]\b|denied|forbidden/i },
  { code: 'registry_unavailable', pattern: BUSY },
  { code: 'image_not_found', pattern: /manifest unknown|name unknown|repository name not known|not found|\b404\b/i },
  { code: 'registry_unavailable', pattern: UNREACHABLE },
]

/** Names come from people: an image called `denied:404` must not decide the code. */
function withoutNames(output: string): string {
  return output
    .replace(/\\"/g, '"')
    .replace(/"docker:\/\/[^"]*"|"https?:\/\/[^"]*"|docker:\/\/\S+|https?:\/\/\S+|sha256:[0-9a-f]+/g, '')
    .replace(/reading manifest \S* ?in \S+:/g, '')
    .replace(/pinging container registry \S+:/g, 'pinging container registry')
}

export function classifyFailure(output: string): ImageErrorCode {
  const text = withoutNames(output)
  return RULES.find((rule) => rule.pattern.test(text))?.code ?? 'image_invalid'
}

const shown = (image: string): string => `\`${image}\``
const DETAIL_LIMIT = 300

/** The last cause skopeo names, without its log prefix. */
export function causeOf(output: string): string {
  const last = output.trim().split('\n').at(-1) ?? ''
  const message = /msg="((?:[^"\\]|\\.)*)"/.exec(last)?.[1]?.replace(/\\(.)/g, '$1') ?? last
  return message.length > DETAIL_LIMIT ? `…${message.slice(-DETAIL_LIMIT)}` : message
}

const MESSAGES: Record<Exclude<ImageErrorCode, 'image_too_large'>, (image: string, registry: string, cause: string) => string> = {
  image_not_found: (image) => `Image not found: ${shown(image)} does not exist or needs a login. Check the name and the tag.`,
  image_auth: (image, registry) =>
    `Image not readable: ${registry} refuses ${shown(image)} without a login, or the name does not exist there. Check the name, or use a public image.`,
  registry_unavailable: (image, registry, cause) =>
    `Registry not available: ${registry} did not deliver ${shown(image)}. This is tried again by itself; check the registry if it lasts. Cause: ${cause}`,
  digest_mismatch: (image, registry, cause) =>
    `Image damaged: what ${registry} delivered for ${shown(image)} is not what its digest promises. Push the image again. Cause: ${cause}`,
  image_invalid: (image, _registry, cause) => `Image not usable: ${shown(image)} could not be read as an OCI image. Build and push it again. Cause: ${cause}`,
  no_space: (image) => `Disk full: the node has no room to unpack ${shown(image)}. Free space on the node or move the app to another one; it is tried again by itself.`,
}

export function imageFailure(code: Exclude<ImageErrorCode, 'image_too_large'>, image: string, registry: string, cause: string): ImageError {
  return new ImageError(code, MESSAGES[code](image, registry, cause))
}

export function failureFromOutput(output: string, image: string, registry: string): ImageError {
  const code = classifyFailure(output)
  return imageFailure(code === 'image_too_large' ? 'image_invalid' : code, image, registry, causeOf(output))
}

const MIB = 1024 * 1024
export const inMib = (bytes: number): string => `${Math.ceil(bytes / MIB).toLocaleString('en-US')} MiB`

export function tooLarge(image: string, bytes: number, limit: number, what: 'download' | 'unpacked'): ImageError {
  const size = what === 'download' ? `needs a download of ${inMib(bytes)}` : `unpacks to more than ${inMib(limit)}`
  return new ImageError('image_too_large', `Image too large: ${shown(image)} ${size}; the limit is ${inMib(limit)}. Use a smaller base image or remove files from it.`)
}
