import { ExpiringMap } from '../../core/expiring-map.ts'
import { readableSecrets } from './release-secrets.ts'

export const MASK = '•••'
/** Shorter ones are found by chance in any text. */
const SHORTEST = 8
const KEPT_MS = 5 * 60_000

/** What a release holds never changes, so its values may be kept for a while. */
const known = new ExpiringMap<Promise<string[]>>(KEPT_MS, 500)

/** Logs come line by line: of a value over several lines each line counts. Longest first, so that none leaves a part of another. */
const needlesOf = (values: readonly string[]): string[] => {
  const pieces = values.flatMap((value) => [value, ...value.split(/\r?\n/).map((line) => line.trim())])
  const all = pieces.flatMap((piece) => [piece, encodeURIComponent(piece.toWellFormed()), JSON.stringify(piece).slice(1, -1)])
  return [...new Set(all.filter((text) => text.length >= SHORTEST))].sort((a, b) => b.length - a.length)
}

const needlesFor = (orgId: string, releaseId: string): Promise<string[]> => {
  const kept = known.get(releaseId)
  if (kept) return kept
  const loading = readableSecrets(orgId, releaseId).then(needlesOf)
  known.set(releaseId, loading)
  loading.catch(() => known.drop(releaseId, loading))
  return loading
}

export const maskLine = (line: string, needles: readonly string[]): string =>
  needles.reduce((text, needle) => (text.includes(needle) ? text.replaceAll(needle, MASK) : text), line)

/** Hides what the release's instances were given in what they write. Rejects while the secrets cannot be opened: then the lines wait. */
export const maskSecrets = async (orgId: string, releaseId: string): Promise<(line: string) => string> => {
  const needles = await needlesFor(orgId, releaseId)
  return needles.length === 0 ? (line) => line : (line) => maskLine(line, needles)
}
