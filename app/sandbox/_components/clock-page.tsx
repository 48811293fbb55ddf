'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { day, instant, plural } from '../../_lib/format.ts'
import { toProblem } from '../../_lib/problem.ts'
import { getJson, postJson } from '../../_lib/rest.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input } from '../../_ui/inputs.tsx'
import { Load } from '../../_ui/load.tsx'
import { Figure, PageHeader, Panel } from '../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../_ui/states.tsx'
import { Banner } from '../../_ui/status.tsx'

const dayMs = 86_400_000
const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString()
/** One hour into the next month, when the invoices of this one are made. */
const monthEnd = (now: string): string => {
  const at = new Date(now)
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1, 1)).toISOString()
}

export function ClockPage() {
  const clock = useQuery({
    queryKey: ['test-clock'],
    refetchInterval: 1000,
    queryFn: ({ signal }) => getJson<{ now: string }>('/v1/test/clock', signal),
  })
  const [chosen, setChosen] = useState('')
  const move = useMutation({
    mutationFn: (target: { now: string }) => postJson<{ now: string; jobs_run: number }>('/v1/test/clock', target),
    onSuccess: () => clock.refetch(),
  })
  const to = (now: string) => move.mutate({ now })
  return (
    <>
      <PageHeader
        title="Test clock"
        facts="Moves usage, periods, trials, invoices and reminders. Sessions and machines keep real time. It only runs forward, and only the operator may move it."
      />
      <Load query={clock} skeleton={<PanelSkeleton label="Loading the clock" />}>
        {({ now }) => (
          <Panel className="flex flex-col gap-5 sm:p-6">
            <Figure label="Business time" value={<time dateTime={now}>{instant(now)}</time>} />
            <div className="flex flex-wrap gap-2">
              <Button look="primary" busy={move.isPending} onClick={() => to(monthEnd(now))}>
                End this month
              </Button>
              <Button disabled={move.isPending} onClick={() => to(later(now, dayMs))}>
                One day later
              </Button>
              <Button disabled={move.isPending} onClick={() => to(later(now, 7 * dayMs))}>
                One week later
              </Button>
            </div>
            <form
              className="flex flex-wrap items-end gap-3"
              onSubmit={(event) => {
                event.preventDefault()
                to(new Date(`${chosen}Z`).toISOString())
              }}>
              <Field label="Or go to (UTC)" required className="w-60">
                {(control) => (
                  <Input {...control} type="datetime-local" value={chosen} onChange={(event) => setChosen(event.target.value)} />
                )}
              </Field>
              <Button type="submit" disabled={chosen === ''} busy={move.isPending}>
                Go there
              </Button>
            </form>
            {move.isPending ? <Banner tone="info">Running everything that is due until then.</Banner> : null}
            {move.data === undefined || move.isPending ? null : (
              <Banner tone="good">
                It is {day(move.data.now)} now; {plural(move.data.jobs_run, 'job')} ran.
              </Banner>
            )}
            {move.error === null ? null : <ErrorPanel problem={toProblem(move.error)} />}
          </Panel>
        )}
      </Load>
    </>
  )
}
