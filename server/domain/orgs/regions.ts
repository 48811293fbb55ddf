import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'

export const knownRegions = async (): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ region: string }>('SELECT DISTINCT region FROM node ORDER BY region')
  return rows.map((row) => row.region)
}

export const listRegions = query({
  name: 'regions.list', summary: 'Regions with nodes', scope: 'user', limitedTokens: true, machines: true, input: z.strictObject({}), output: z.object({ data: z.array(z.object({ name: z.string() })) }),
  rest: { method: 'GET', path: '/regions', tag: 'Organizations' },
  run: async () => ({ data: (await knownRegions()).map((name) => ({ name })) }),
})
