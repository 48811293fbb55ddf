'use client'
import { count } from '../../../../../_lib/format.ts'
import type { Autoscaling } from '../../../../../_lib/wire.ts'
import { Panel, Section, Stat } from '../../../../../_ui/page.tsx'
import { Banner, Status, type StatusLook } from '../../../../../_ui/status.tsx'
import { BusinessTimeAgo } from '../../../../../_ui/time.tsx'

const LOOKS: Record<NonNullable<Autoscaling['state']>, StatusLook> = {
  steady: { tone: 'good', word: 'As many as needed' },
  scaling_up: { tone: 'info', word: 'Adding instances', busy: true },
  scaling_down: { tone: 'info', word: 'Taking instances away', busy: true },
  cooling_down: { tone: 'idle', word: 'Pausing after a change' },
  stabilizing: { tone: 'idle', word: 'Waiting whether it stays quiet' },
  no_figures: { tone: 'attention', word: 'Figures are missing' },
  deploying: { tone: 'info', word: 'Waiting for a deployment' },
  no_room: { tone: 'attention', word: 'Waiting for a node' },
  at_max: { tone: 'attention', word: 'At the upper bound' },
  limited: { tone: 'attention', word: 'Limited' },
}

const figure = (value: number | null | undefined, target: number | null | undefined, unit: string) => (target === null || target === undefined ? null : {
  value: value === null || value === undefined ? 'not known' : `${count(value, 1)}${unit}`, note: `target ${count(target, 1)}${unit}`,
})

function Figures({ scaling: { figures, policy } }: { scaling: Autoscaling }) {
  const shown = ([
    ['CPU per instance', figure(figures?.cpu_percent, policy?.targets.cpu_percent, ' %')], ['Memory per instance', figure(figures?.memory_percent, policy?.targets.memory_percent, ' %')],
    ['Requests per instance', figure(figures?.requests_per_second, policy?.targets.requests_per_second, '/s')],
  ] as const).flatMap(([label, one]) => (one === null ? [] : [{ label, ...one }]))
  return shown.map(({ label, value, note }) => <Stat key={label} label={label} value={value} note={note} />)
}

const boundsOf = (least: number, most: number): string => (least === most ? `always ${most}` : `between ${least} and ${most}`)

/** How many run, how many are wanted, and why it is as it is. */
export function ScalingNow({ scaling }: { scaling: Autoscaling }) {
  const { policy, state, reason, replicas, wanted, at_least: least, limited } = scaling
  return (
    <Section title="Now" action={scaling.checked_at === null ? undefined : <span className="text-13 text-muted">Looked at <BusinessTimeAgo value={scaling.checked_at} /></span>}>
      {limited === null ? null : (
        <Banner tone="attention" className="mb-3">
          {`${limited.wanted} instances are wanted and no more than ${replicas} may run. ${limited.reason} `}
          <span className="whitespace-nowrap">First refused <BusinessTimeAgo value={limited.since} />.</span>
        </Banner>
      )}
      <Panel>
        <div className="flex flex-col gap-4">
          <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            <Stat label="Instances" value={count(replicas)} note={`${boundsOf(least ?? policy?.min ?? 1, policy?.max ?? 1)}${wanted === null || wanted === replicas ? '' : `, ${wanted} wanted`}`} />
            <Figures scaling={scaling} />
          </div>
          {state === null ? (
            <p className="text-13 text-muted">{scaling.checked_at === null ? 'The first look comes within 15 seconds; an app that does not run is left alone.' : null}</p>
          ) : (
            <div className="border-t border-line pt-3">
              <Status {...LOOKS[state]} />
              {limited !== null || reason === null ? null : <p className="mt-1 text-13 text-muted">{reason}</p>}
            </div>
          )}
        </div>
      </Panel>
    </Section>
  )
}
