/** Which agents a portal speaks with: its own release, the one before and the one after. A release is the first two numbers of a version. */
export type Skew = 'same' | 'older' | 'newer' | 'too_old' | 'too_new'

interface Release { major: number; minor: number }

const releaseOf = (version: string): Release | null => {
  const [, major, minor] = /^(\d{1,6})\.(\d{1,6})\.\d{1,6}([-+].*)?$/.exec(version) ?? []
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) }
}

/** Across a major number only its first minor is next to the one before: which minor was the last, nobody knows. What says no version is too old. */
export const skewOf = (agent: string, portal: string): Skew => {
  const [theirs, ours] = [releaseOf(agent), releaseOf(portal)]
  if (!theirs || !ours) return 'too_old'
  if (theirs.major === ours.major) {
    const step = theirs.minor - ours.minor
    return step === 0 ? 'same' : step === -1 ? 'older' : step === 1 ? 'newer' : step < 0 ? 'too_old' : 'too_new'
  }
  if (theirs.major === ours.major - 1) return ours.minor === 0 ? 'older' : 'too_old'
  if (theirs.major === ours.major + 1) return theirs.minor === 0 ? 'newer' : 'too_new'
  return theirs.major < ours.major ? 'too_old' : 'too_new'
}
