import { Argument, Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { findApp, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { currentOrganization } from './organization.ts'

type Member = operations['members.list']['responses'][200]['content']['application/json']['data'][number]
type Invitation = operations['invitations.list']['responses'][200]['content']['application/json']['data'][number]
type Role = NonNullable<NonNullable<operations['members.update']['requestBody']>['content']['application/json']['role']>
type InvitedRole = Exclude<Role, 'owner'>

const ROLES: readonly Role[] = ['owner', 'admin', 'developer', 'viewer', 'billing']
const roleOf = (item: { role: string; role_name: string | null }): string => item.role_name ?? item.role

const MEMBER_COLUMNS: Column<Member>[] = [
  { title: 'E-mail', value: (member) => member.email },
  { title: 'Name', value: (member) => member.name },
  { title: 'Role', value: roleOf },
  { title: 'State', value: (member) => member.suspended_at ? 'suspended' : 'active' },
  { title: 'Two factors', value: (member) => member.mfa },
  { title: 'Joined', value: (member) => time(member.joined_at) },
  { title: 'Id', value: (member) => member.user_id },
]
const INVITATION_COLUMNS: Column<Invitation>[] = [
  { title: 'E-mail', value: (invitation) => invitation.email },
  { title: 'Role', value: roleOf },
  { title: 'Invited by', value: (invitation) => invitation.invited_by },
  { title: 'Until', value: (invitation) => time(invitation.expires_at) },
  { title: 'Id', value: (invitation) => invitation.id },
]

const membersOf = (client: Client, organizationId: string): AsyncGenerator<Member> => pagesOf((cursor) =>
  client.GET('/v1/organizations/{organization_id}/members', { params: { path: { organization_id: organizationId }, query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))

/** A member by e-mail or id. */
async function findMember(client: Client, organizationId: string, given: string): Promise<Member> {
  for await (const member of membersOf(client, organizationId)) if (member.user_id === given || member.email === given.toLowerCase()) return member
  throw new CommandFailure(EXIT.notFound, 'not_found', `${given} is no member. See \`shellwego members list\`.`)
}

const collect = (value: string, before: string[]): string[] => [...before, value]

export function membersCommands(cli: Cli): void {
  const { program, action } = cli
  const members = program.command('members').description('People in the organization.')

  withExamples(members.command('list').description('List the members, or those who were invited.').addOption(limitOption()).option('--invited', 'open invitations instead'), 'shellwego members list', 'shellwego members list --invited')
    .action(action(async (context, options: LimitOption & { invited?: boolean }) => {
      const client = await context.api()
      const path = { organization_id: await currentOrganization(context) }
      if (!options.invited) return context.print.list(await take(membersOf(client, path.organization_id), options.limit), MEMBER_COLUMNS, 'Nobody is in this organization.')
      const all = pagesOf((cursor) => client.GET('/v1/organizations/{organization_id}/invitations', { params: { path, query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await context.print.list(await take(all, options.limit), INVITATION_COLUMNS, 'No invitation is open.')
    }))

  withExamples(
    members.command('invite').description('Invite somebody by e-mail.').argument('<email>')
      .addOption(new Option('--role <role>', 'what they may do').choices(ROLES.slice(1)).default('developer')).option('--app <app>', 'this app only; repeat for more', collect, []),
    'shellwego members invite ada@example.com --role admin', 'shellwego members invite bob@example.com --role viewer --app web --app api',
  ).action(action(async (context, options: { role: InvitedRole; app: string[] }, email: string) => {
    const client = await context.api()
    const apps = await Promise.all(options.app.map((name) => findApp(client, name)))
    const invitation = await dataOf(client.POST('/v1/organizations/{organization_id}/invitations', {
      params: { path: { organization_id: await currentOrganization(context) } },
      body: { email, role: options.role, ...(apps.length > 0 ? { app_ids: apps.map(({ id }) => id) } : {}) },
    }))
    await context.print.done(`Invited ${invitation.email} as ${roleOf(invitation)}; the invitation is open until ${time(invitation.expires_at)}.`, invitation)
  }))
  memberChanges(cli, members)
}

function memberChanges({ action }: Cli, members: ReturnType<Cli['program']['command']>): void {
  withExamples(members.command('role').description('Change what a member may do.').argument('<member>', 'e-mail or id').addArgument(new Argument('<role>').choices(ROLES)), 'shellwego members role ada@example.com viewer')
    .action(action(async (context, _options: object, given: string, role: Role) => {
      const client = await context.api()
      const organizationId = await currentOrganization(context)
      const { user_id: userId, etag } = await findMember(client, organizationId, given)
      const changed = await dataOf(client.PATCH('/v1/organizations/{organization_id}/members/{user_id}', {
        params: { path: { organization_id: organizationId, user_id: userId }, header: { 'If-Match': `"${etag}"` } }, body: { role },
      }))
      await context.print.done(`${changed.email} is now ${roleOf(changed)}.`, changed)
    }))

  withExamples(members.command('remove').description('Remove a member, or take back an invitation.').argument('<member>', 'e-mail or id').option('-y, --yes', 'do not ask'),
    'shellwego members remove bob@example.com --yes')
    .action(action(async (context, options: { yes?: boolean }, given: string) => {
      const client = await context.api()
      const organizationId = await currentOrganization(context)
      if (given.startsWith('ivt_')) {
        await client.DELETE('/v1/organizations/{organization_id}/invitations/{invitation_id}', { params: { path: { organization_id: organizationId, invitation_id: given } } })
        return context.print.done('Took the invitation back.', { id: given, removed: true })
      }
      const member = await findMember(client, organizationId, given)
      await confirm(context.terminal, `Remove ${member.email} from the organization?`, options.yes ?? false)
      await client.DELETE('/v1/organizations/{organization_id}/members/{user_id}', { params: { path: { organization_id: organizationId, user_id: member.user_id } } })
      await context.print.done(`Removed ${member.email}.`, { user_id: member.user_id, removed: true })
    }))
}
