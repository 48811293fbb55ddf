'use client'
import { useQuery } from '@tanstack/react-query'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { LogLevel } from '../../../../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { LogView } from '../../../../../_ui/log-view.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { useLogTail } from './use-log-tail.ts'

const levels = [{ value: 'error', label: 'Errors' }, { value: 'warn', label: 'Warnings and errors' }]
const levelOf = (text: string): LogLevel | null => text === 'error' || text === 'warn' ? text : null

export function LogsPage() {
  const app = useApp()
  const filters = useFilters()
  const instances = useQuery(useTRPC().apps.instances.queryOptions({ app_id: app.id }))
  const level = levelOf(filters.get('level'))
  const instance = filters.get('instance')
  const { lines, error } = useLogTail({ app_id: app.id, ...(level === null ? {} : { level }), ...(instance === '' ? {} : { instance_id: instance }) })
  return (
    <>
      <FilterBar selects={[
        { name: 'level', label: 'Every level', options: levels },
        { name: 'instance', label: 'Every instance', options: (instances.data?.data ?? []).map((one) => ({ value: one.id, label: one.id })) },
      ]} />
      {error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(error)} />}
      <LogView lines={lines} name={app.name} className="h-[max(320px,calc(100dvh-340px))]"
        waiting={filters.active ? 'No line matches these filters.' : app.status === 'stopped' ? 'The app is stopped and has no line.' : 'Waiting for the first line. What the app prints to its output appears here.'} />
    </>
  )
}
