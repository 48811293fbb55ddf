/** Image references as people write them, normalised to one registry, repository, and tag or digest. Pure. */
import { ImageError } from '../../image.ts'

export interface ImageReference {
  /** `host` or `host:port`. */
  registry: string
  repository: string
  tag: string | null
  /** Wins over the tag when both are given. */
  digest: string | null
  /** True for `builtin/<name>`: served by the product's own registry. */
  builtin: boolean
}

export const BUILTIN_HOST = 'builtin'
const DEFAULT_REGISTRY = 'docker.io'
const MAX_REFERENCE = 512

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?$/i
const REPOSITORY_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/

const invalid = (text: string, why: string): ImageError => new ImageError(
  'image_invalid',
  `Image reference not understood: \`${text.slice(0, 120)}\` ${why}. Write it as \`name:tag\`, \`host/name:tag\` or \`host/name@sha256:…\`.`,
)

/** The first part of a path is a host when no Docker Hub user could be called so. */
const looksLikeHost = (part: string): boolean => part.includes('.') || part.includes(':') || part === 'localhost'

function splitHost(name: string): { registry: string, path: string, builtin: boolean } {
  const slash = name.indexOf('/')
  const first = slash === -1 ? '' : name.slice(0, slash)
  if (first === BUILTIN_HOST) return { registry: BUILTIN_HOST, path: name.slice(slash + 1), builtin: true }
  if (slash !== -1 && looksLikeHost(first)) return { registry: first.toLowerCase(), path: name.slice(slash + 1), builtin: false }
  return { registry: DEFAULT_REGISTRY, path: name, builtin: false }
}

function splitTag(text: string): { name: string, tag: string | null } {
  const colon = text.lastIndexOf(':')
  return colon > text.lastIndexOf('/') ? { name: text.slice(0, colon), tag: text.slice(colon + 1) } : { name: text, tag: null }
}

function checkHost(registry: string, text: string): void {
  const match = HOST.exec(registry)
  if (match === null || registry.length > 253) throw invalid(text, 'names no valid registry host')
  if (match[1] !== undefined && (Number(match[1]) < 1 || Number(match[1]) > 65535)) throw invalid(text, 'names no valid registry port')
}

/** Throws {@link ImageError} `image_invalid`. */
export function parseReference(input: string): ImageReference {
  const text = input.trim()
  if (text === '') throw invalid(text, 'is empty')
  if (text.length > MAX_REFERENCE) throw invalid(text, `is longer than ${MAX_REFERENCE} characters`)
  const [named = '', digest = null, ...rest] = text.split('@')
  if (rest.length > 0) throw invalid(text, 'contains more than one @')
  if (digest !== null && !DIGEST.test(digest)) throw invalid(text, 'has a digest that is not sha256 with 64 hexadecimal digits')
  const { name, tag } = splitTag(named)
  if (tag !== null && !TAG.test(tag)) throw invalid(text, 'has a tag with characters that tags cannot have')
  const { registry, path, builtin } = splitHost(name)
  checkHost(registry, text)
  const hub = registry === 'index.docker.io' || registry === 'registry-1.docker.io'
  const repository = (registry === DEFAULT_REGISTRY || hub) && !path.includes('/') ? `library/${path}` : path
  if (repository.length > 255 || !repository.split('/').every((part) => REPOSITORY_PART.test(part))) {
    throw invalid(text, 'has a name with characters that image names cannot have (lower case letters, digits, . _ - and /)')
  }
  return { registry: hub ? DEFAULT_REGISTRY : registry, repository, tag: tag ?? (digest === null ? 'latest' : null), digest, builtin }
}

export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === null ? '' : `:${reference.tag}`
  return `${reference.registry}/${reference.repository}${tag}${reference.digest === null ? '' : `@${reference.digest}`}`
}

/** The same image by digest alone. */
export const pinned = (reference: ImageReference, digest: string): ImageReference => ({ ...reference, tag: null, digest })
