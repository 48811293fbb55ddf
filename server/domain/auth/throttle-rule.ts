export interface Tries {
  /** In the present window, this one included. */
  count: number
  /** In the window before. */
  before: number
  /** Seconds since the present window began. */
  passedS: number
}

/**
 * Seconds to wait, or null when the try is allowed. The window before counts in proportion to how much of it the last `windowS` seconds
 * still cover, so the turn of a window does not give everything back at once.
 */
export const waitFor = ({ count, before, passedS }: Tries, limit: number, windowS: number): number | null => {
  const carried = Math.round(Math.min(before, limit) * Math.max(0, 1 - passedS / windowS))
  return count + carried > limit ? Math.ceil(windowS - passedS + windowS / (2 * limit)) + 1 : null
}
