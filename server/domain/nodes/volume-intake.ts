import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { IntakeContext } from './instance-status.ts'

type Intake = (context: IntakeContext, statuses: ObjectStatus[]) => Promise<string[]>
type Kind = 'volume' | 'backup'
const intakes = new Map<Kind, Intake>()

/** The domain of volumes is above this one: it says what becomes of their statuses. */
export const registerIntake = (kind: Kind, take: Intake): void => { intakes.set(kind, take) }

/** Returns the ids whose tombstone is confirmed. */
export const applyStatuses = (kind: Kind, context: IntakeContext, statuses: ObjectStatus[]): Promise<string[]> => {
  const own = [...new Map(statuses.filter((s) => s.kind === kind).map((s) => [s.id, s])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const take = intakes.get(kind)
  return own.length === 0 || !take ? Promise.resolve([]) : take(context, own)
}
