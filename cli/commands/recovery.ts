import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor } from '../output/values.ts'
import { dataOf, type operations } from '../sdk/index.ts'

type Recovery = operations['recovery.get']['responses'][200]['content']['application/json']
type Stray = Recovery['strays'][number]

const COLUMNS: Column<Stray>[] = [
  { title: 'Node', value: (stray) => stray.node_id },
  { title: 'Kind', value: (stray) => stray.kind },
  { title: 'Id', value: (stray) => stray.id },
  { title: 'Organization', value: (stray) => stray.organization },
  { title: 'App', value: (stray) => stray.app },
  { title: 'Phase', value: (stray) => stray.phase, color: (stray) => statusColor(stray.phase) },
  { title: 'Decided', value: (stray) => stray.decision },
  { title: 'Cannot be adopted because', value: (stray) => stray.why_not },
]
const pathOf = (node: string, machine: string) => ({ params: { path: { node_id: node, stray_id: machine } } })

/** After a restore, as the operator. */
export function recoveryCommands({ program, action }: Cli): void {
  const recovery = program.command('recovery').description('What to decide after the installation was restored from a backup (operator).')
  withExamples(recovery.command('status').description('Which nodes were heard, and what they run that the backup does not know.'), 'shellwego recovery status')
    .action(action(async ({ api, print }) => {
      const found = await dataOf((await api()).GET('/v1/admin/recovery'))
      const silent = found.nodes.filter((node) => !node.heard).map((node) => node.hostname)
      print.note(found.active ? `Recovering since ${found.since} from a backup of ${found.backup_taken_at}.` : 'Not recovering.')
      if (found.active) print.note(silent.length === 0 ? 'Every node was heard.' : `Not heard yet: ${silent.join(', ')}.`)
      await print.list(found.strays, COLUMNS, 'Nodes run nothing that the backup does not know.')
    }))

  withExamples(recovery.command('adopt').description('Take a machine the backup does not know into the books again, as it runs.').argument('<node>').argument('<machine>'), 'shellwego recovery adopt node_01 inst_01')
    .action(action(async ({ api, print }, _: object, node: string, machine: string) => {
      await print.done(`${machine} is adopted.`, await dataOf((await api()).POST('/v1/admin/recovery/{node_id}/{stray_id}/adopt', pathOf(node, machine))))
    }))

  withExamples(recovery.command('remove').description('Have a machine the backup does not know deleted when the recovery ends.').argument('<node>').argument('<machine>').option('-y, --yes', 'do not ask'),
    'shellwego recovery remove node_01 inst_01 --yes')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, node: string, machine: string) => {
      const client = await api()
      await confirm(terminal, `Delete ${machine} with its disk when the recovery ends?`, options.yes ?? false)
      await print.done(`${machine} goes when the recovery ends.`, await dataOf(client.POST('/v1/admin/recovery/{node_id}/{stray_id}/remove', pathOf(node, machine))))
    }))

  withExamples(recovery.command('resume').description('End the recovery: nodes are told the restored state, and jobs go on.').option('--unheard', 'also while nodes were not heard since the restore')
    .option('--stop-strays', 'stop machines nobody decided about; they are kept for 24 hours').option('-y, --yes', 'do not ask'), 'shellwego recovery resume --yes')
    .action(action(async ({ api, print, terminal }, options: { unheard?: boolean; stopStrays?: boolean; yes?: boolean }) => {
      const client = await api()
      await confirm(terminal, 'Tell the nodes the restored state, and let jobs go on?', options.yes ?? false)
      const body = { unheard: options.unheard ?? false, strays: options.stopStrays ? 'stop' as const : 'decide' as const }
      await print.done('The installation is at work again.', await dataOf(client.POST('/v1/admin/recovery/resume', { body })))
    }))
}
