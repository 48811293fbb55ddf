import type { SystemDb } from './db.ts'

/** Business time. Equal to real time, but for the sandbox's test clock, which is ahead by a stored offset. */
export interface Clock {
  now(): Date
  /** Re-reads the offset; called on start and whenever the clock was moved. */
  refresh(): Promise<void>
}

export const businessClock = (read: () => Promise<bigint>): Clock => {
  let offsetMs = 0
  return {
    now: () => new Date(Date.now() + offsetMs),
    refresh: async () => {
      offsetMs = Number(await read())
    },
  }
}

export const readClockOffset = async (db: SystemDb): Promise<bigint> => (await db.testClock.findUniqueOrThrow({ where: { id: 1 } })).offsetMs
