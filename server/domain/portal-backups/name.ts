const PATTERN = /^shellwego-(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})-(\d{3}Z)\.tar\.gz\.age$/

/** Its name says when, and sorts so. */
export const nameOf = (at: Date): string => `shellwego-${at.toISOString().replaceAll(':', '-').replace('.', '-')}.tar.gz.age`

/** Null: not one of ours. */
export const takenAtOf = (name: string): Date | null => {
  const [, hour, minute, second, rest] = PATTERN.exec(name) ?? []
  if (!hour) return null
  const at = new Date(`${hour}:${minute}:${second}.${rest}`)
  return Number.isNaN(at.getTime()) ? null : at
}
