import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time } from '../output/values.ts'
import { dataOf, type operations } from '../sdk/index.ts'

type Organization = operations['organizations.get']['responses'][200]['content']['application/json']

const COLUMNS: Column<Organization>[] = [
  { title: 'Name', value: (org) => org.name },
  { title: 'Slug', value: (org) => org.slug },
  { title: 'Role', value: (org) => org.role },
  { title: 'Currency', value: (org) => org.currency },
  { title: 'Id', value: (org) => org.id },
]
const FIELDS: Column<Organization>[] = [
  ...COLUMNS,
  { title: 'Time zone', value: (org) => org.timezone },
  { title: 'Country', value: (org) => org.country },
  { title: 'Billing e-mail', value: (org) => org.billing_email },
  { title: 'Created', value: (org) => time(org.created_at) },
]

export function orgsCommands({ program, action }: Cli): void {
  const orgs = program.command('orgs').description('Organizations you belong to.')

  withExamples(orgs.command('list').description('List your organizations.'), 'shellwego orgs list', 'shellwego orgs list --json | jq -r .[].slug')
    .action(action(async ({ account, print }) => {
      const { data } = await dataOf(account().GET('/v1/organizations'))
      await print.list(data, COLUMNS, 'You belong to no organization yet. Create one with `shellwego orgs create <name>`.')
    }))

  withExamples(orgs.command('get').description('Show one organization.').argument('[organization]', 'slug, name or id'), 'shellwego orgs get acme')
    .action(action(async ({ account, settings, print }, _options: object, given?: string) => {
      const { data } = await dataOf(account().GET('/v1/organizations'))
      const wanted = given ?? settings.organization
      const found = data.find(({ id, slug, name }) => wanted === null ? data.length === 1 : [id, slug, name].includes(wanted))
      const organizationId = found?.id ?? wanted ?? 'org_unnamed'
      await print.item(await dataOf(account().GET('/v1/organizations/{organization_id}', { params: { path: { organization_id: organizationId } } })), FIELDS)
    }))

  withExamples(
    orgs.command('create').description('Create an organization.').argument('<name>')
      .option('--currency <code>', 'one the console sells in, like USD, NGN or KES').option('--timezone <zone>', 'where its months begin, like Africa/Lagos').option('--country <code>', 'ISO 3166'),
    'shellwego orgs create "Acme Ltd" --currency NGN --timezone Africa/Lagos',
  ).action(action(async ({ account, print }, options: { currency?: string; timezone?: string; country?: string }, name: string) => {
    const created = await dataOf(account().POST('/v1/organizations', { body: { name, ...options } }))
    await print.done(`Created ${created.name} (${created.slug}).`, created)
  }))
}
