'use client'
import { logLevel } from '../../../../../../server/contract/log.ts'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { LogView } from '../../../../../_ui/log-view.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { useApp } from './app-scope.tsx'
import { useLogTail } from './use-log-tail.ts'

const levels = [
  { value: 'error', label: 'Errors' },
  { value: 'warn', label: 'Warnings and errors' },
]

export function LogsPage() {
  const app = useApp()
  const filters = useFilters()
  const level = filters.get('level')
  const { lines, broken } = useLogTail({ app_id: app.id, instance_id: filters.get('instance'), tail: 2000 })
  const shown =
    level === '' ? lines : lines.filter((line) => logLevel(line.line) === 'error' || (level === 'warn' && logLevel(line.line) === 'warn'))
  return (
    <>
      <FilterBar
        selects={[
          { name: 'level', label: 'Every level', options: levels },
          { name: 'instance', label: 'Every instance', options: app.instances.map((one) => ({ value: one.id, label: one.id })) },
        ]}
      />
      {broken ? (
        <Banner tone="attention" className="mb-3">
          The live connection was lost; it is being opened again. Lines are kept and follow.
        </Banner>
      ) : null}
      <LogView
        lines={shown}
        name={app.name}
        className="h-[max(320px,calc(100dvh-340px))]"
        waiting={
          filters.active
            ? 'No line matches these filters.'
            : app.status === 'stopped'
              ? 'The app is stopped and has no line.'
              : 'Waiting for the first line. What the app prints to its output appears here.'
        }
      />
    </>
  )
}
