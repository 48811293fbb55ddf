import type { Client, operations } from '../sdk/index.ts'
import { ApiError, dataOf } from '../sdk/index.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'

export type App = operations['apps.list']['responses'][200]['content']['application/json']['data'][number]

/** An app by its name or id: the API takes either, lists of an app want the id. */
export async function findApp(api: Client, given: string): Promise<App> {
  try {
    return await dataOf(api.GET('/v1/apps/{app_id}', { params: { path: { app_id: given } } }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'not_found') throw error
    throw new CommandFailure(EXIT.notFound, 'not_found', `There is no app ${given}. See \`shellwego apps list\`.`)
  }
}

/** At most so many items of a list that may be longer. */
export async function take<T>(items: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = []
  for await (const item of items) {
    if (taken.length === limit) break
    taken.push(item)
  }
  return taken
}

/** A seller by name or id, else the platform's own. */
export async function brandOf(client: Client, given: string | undefined): Promise<string> {
  const { data } = await dataOf(client.GET('/v1/brands'))
  const found = data.find((brand) => given === undefined || [brand.id, brand.name].includes(given))
  if (!found) throw new UsageError(`there is no brand ${given ?? ''}`)
  return found.id
}
