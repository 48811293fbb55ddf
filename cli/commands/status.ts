import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import { statusColor } from '../output/values.ts'
import { pagesOf } from '../sdk/index.ts'
import { holderOf } from './holder.ts'
import { take } from './find.ts'

const MOST = 1000

/** A short answer to "is everything all right?". */
export function statusCommand({ program, action }: Cli): void {
  withExamples(program.command('status').description('The organization at a glance: where you are, and how its apps are.'), 'shellwego status', 'shellwego status --json | jq .apps')
    .action(action(async ({ api, print, url }) => {
      const client = await api()
      const [holder, apps] = await Promise.all([
        holderOf(client),
        take(pagesOf((cursor) => client.GET('/v1/apps', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } })), MOST),
      ])
      const organizations = holder.kind === 'user' ? holder.organizations : []
      const only = organizations.length === 1 ? organizations[0] : undefined
      const organization = organizations.find(({ id }) => id === apps[0]?.organization_id) ?? only ?? null
      const counts: Record<string, number> = {}
      for (const { status } of apps) counts[status] = (counts[status] ?? 0) + 1
      const unhealthy = apps.filter(({ status, replicas }) => status === 'error' || status === 'degraded' || replicas.healthy < replicas.desired)
      const result = { url: url(), email: holder.kind === 'user' ? holder.email : null, organization, apps: counts, unhealthy: unhealthy.map(({ id, name, status }) => ({ id, name, status })) }
      await print.item(result, [
        { title: 'Console', value: () => url() },
        { title: 'Signed in', value: () => result.email ?? 'a service account' },
        { title: 'Organization', value: () => organization?.name },
        { title: 'Apps', value: () => Object.entries(counts).map(([status, count]) => `${count} ${status}`).join(', ') || 'none yet' },
      ])
      if (print.format === 'table' && unhealthy.length > 0) {
        await print.raw('\n')
        await print.list(unhealthy, [
          { title: 'Look at', value: (app) => app.name }, { title: 'Status', value: (app) => app.status, color: (app) => statusColor(app.status) },
          { title: 'Instances', value: (app) => `${app.replicas.healthy}/${app.replicas.desired}`, right: true },
        ], '')
      }
    }))
}
