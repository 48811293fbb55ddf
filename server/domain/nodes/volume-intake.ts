import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { IntakeContext } from './instance-status.ts'

type Intake = (context: IntakeContext, statuses: ObjectStatus[]) => Promise<string[]>
let intake: Intake = () => Promise.resolve([])

/** The domain of volumes is above this one: it says what becomes of their statuses. */
export const registerVolumeIntake = (take: Intake): void => { intake = take }

/** Returns the ids whose tombstone is confirmed. */
export const applyVolumeStatuses = (context: IntakeContext, statuses: ObjectStatus[]): Promise<string[]> => {
  const own = [...new Map(statuses.filter((s) => s.kind === 'volume').map((s) => [s.id, s])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return own.length === 0 ? Promise.resolve([]) : intake(context, own)
}
