import type { NODE_ABILITIES } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'

/** Whether one node in service at least understands it; true while there is none in service. */
export const anyNodeCan = async (ability: typeof NODE_ABILITIES[number]): Promise<boolean> => {
  const { rows: [row] } = await runtime().databases.systemPool.query<{ can: boolean | null }>('SELECT bool_or($1 = ANY(can)) AS can FROM node WHERE status = \'ready\'', [ability])
  return row?.can ?? true
}
