'use client'
import { LOG_LEVELS } from '../../../../../../server/contract/log.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { LogView } from '../../../../../_ui/log-view.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { useApp } from './app-scope.tsx'
import { LogFilters } from './log-filters.tsx'
import { logParameters } from './use-log-tail.ts'
import { useLogWindow } from './use-log-window.ts'

const FEW = 200

function waitingText(loading: boolean, filtered: boolean, stopped: boolean): string {
  if (loading) return 'Looking for lines…'
  if (filtered) return 'No line of this time matches these filters.'
  return stopped ? 'The app is stopped and has no line.' : 'Waiting for the first line. What the app prints to its output appears here.'
}

export function LogsPage() {
  const app = useApp()
  const { org } = useOrg()
  const filters = useFilters()
  const level = LOG_LEVELS.find((one) => one === filters.get('level'))
  const given = { instance_id: filters.get('instance'), search: filters.get('q'), since: filters.get('since') }
  const sieves = { ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')), ...(level === undefined ? {} : { level }) }
  const at = filters.get('at')
  const { lines, broken, error, loading, hasOlder, load } = useLogWindow({ app_id: app.id, ...sieves, ...(at === '' ? {} : { at }) })
  return (
    <>
      <LogFilters />
      {broken ? (
        <Banner tone="attention" className="mb-3">
          The live connection was lost; it is being opened again. Lines are kept and follow.
        </Banner>
      ) : null}
      {error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(error)} />}
      {hasOlder && lines.length < FEW ? (
        <Button size="sm" look="quiet" className="mb-2" disabled={loading} onClick={() => void load('first')}>
          {loading ? 'Looking…' : 'Look for older lines'}
        </Button>
      ) : null}
      <LogView
        key={at}
        lines={lines}
        name={app.name}
        live={at === ''}
        search={{ value: filters.get('q'), set: (q) => filters.set({ q }) }}
        downloadHref={`/v1/apps/${app.id}/logs/download?${logParameters(org.id, { ...sieves, ...(at === '' ? {} : { since: at }) })}`}
        onEdge={(edge) => void load(edge)}
        className="h-[max(320px,calc(100dvh-340px))]"
        waiting={waitingText(loading, filters.active, app.status === 'stopped')}
      />
    </>
  )
}
