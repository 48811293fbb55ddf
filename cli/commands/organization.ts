import { ownOrganizations, type Context } from '../context.ts'
import { UsageError, CommandFailure, EXIT } from '../exit.ts'

/** Id of the organization a command is about, where the route names it: the one that was named, else the only one. */
export async function currentOrganization({ account, settings }: Context): Promise<string> {
  const { organization } = settings
  if (organization?.startsWith('org_')) return organization
  const data = await ownOrganizations(account())
  const found = organization === null ? data : data.filter(({ slug, name }) => slug === organization || name === organization)
  const [only] = found
  if (found.length > 1) throw new UsageError('you belong to several organizations: name one with --organization')
  if (!only) throw new CommandFailure(EXIT.notFound, 'not_found', organization === null ? 'You belong to no organization yet.' : `You belong to no organization ${organization}.`)
  return only.id
}
