import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { wholeNumber } from '../output/values.ts'
import { dataOf, type operations } from '../sdk/index.ts'
import { currentOrganization } from './organization.ts'

type Quota = operations['organizations.quotas']['responses'][200]['content']['application/json']['data'][number]

const COLUMNS: Column<Quota>[] = [
  { title: 'Limit', value: (quota) => quota.name },
  { title: 'In use', value: (quota) => quota.used, right: true },
  { title: 'Allowed', value: (quota) => quota.limit, right: true },
  { title: 'Set by', value: (quota) => quota.source },
]

/** `apps=50`, or `apps=plan` for what the plan says. */
const changeOf = (given: string): [string, number | null] => {
  const [, name, value] = /^([a-z_]+)=(.+)$/.exec(given) ?? []
  if (!name || !value) throw new UsageError(`say what to set: name=number or name=plan, not ${given}`)
  return [name, value === 'plan' ? null : wholeNumber(value, name)]
}

export function quotasCommands({ program, action }: Cli): void {
  const quotas = program.command('quotas').description('Limits of the organization.')

  withExamples(quotas.command('list').description('Show the limits and how much of each is in use.'), 'shellwego quotas list', 'shellwego quotas list --json')
    .action(action(async (context) => {
      const path = { organization_id: await currentOrganization(context) }
      const { data } = await dataOf((await context.api()).GET('/v1/organizations/{organization_id}/quotas', { params: { path } }))
      await context.print.list(data, COLUMNS, 'There are no limits.')
    }))

  withExamples(
    quotas.command('set').description('Set limits of an organization; for operators. What is not named stays.').argument('<organization>', 'id').argument('<limits...>', 'name=number, or name=plan'),
    'shellwego quotas set org_1a2b apps=50 memory_mib=65536', 'shellwego quotas set org_1a2b apps=plan',
  ).action(action(async ({ api, print }, _options: object, organizationId: string, limits: string[]) => {
    const client = await api()
    const path = { organization_id: organizationId }
    const { response, data: known } = await client.GET('/v1/admin/organizations/{organization_id}/quotas', { params: { path } })
    const changes = Object.fromEntries(limits.map(changeOf))
    const strange = Object.keys(changes).find((name) => known && !known.data.some((one) => one.name === name))
    if (strange) throw new UsageError(`there is no limit ${strange}`)
    // What we saw is what we change: if somebody else was faster, the API refuses.
    const header = { 'If-Match': response.headers.get('etag') ?? '*' }
    const { data } = await dataOf(client.PATCH('/v1/admin/organizations/{organization_id}/quotas', { params: { path, header }, body: changes }))
    await print.list(data, COLUMNS, 'There are no limits.')
  }))
}
