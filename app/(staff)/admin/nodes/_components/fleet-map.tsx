'use client'
import type { NodeView } from '../../../../_lib/wire.ts'
import { cx } from '../../../../_ui/cx.ts'
import { Mark, type Tone } from '../../../../_ui/status.tsx'
import { byPlace, capacitiesOf, lookOf, type Capacity, type Zone } from './node-words.ts'

const borders: Record<Tone, string> = {
  good: 'border-line-strong', attention: 'border-attention-border', bad: 'border-bad-border', info: 'border-info-border', idle: 'border-line',
}
const DOTS = 36

function Bar({ name, reserved, used }: Capacity) {
  return (
    <span className="grid grid-cols-[3.25rem_1fr_2.5rem] items-center gap-1.5 text-12 text-muted">
      <span>{name}</span>
      <span className="relative h-2 overflow-hidden rounded-[2px] bg-sunken">
        <span className="absolute inset-y-0 start-0 bg-info-border" style={{ width: `${reserved}%` }} />
        <span className="absolute start-0 bottom-0 h-[3px] bg-info-mark" style={{ width: `${used}%` }} />
      </span>
      <span className="figures text-end">{reserved} %</span>
    </span>
  )
}

/** One dot for each instance, as far as there is room. */
function Dots({ count }: { count: number }) {
  return (
    <span className="flex h-6 flex-wrap content-start items-center gap-1 overflow-hidden">
      {Array.from({ length: Math.min(DOTS, count) }, (_, at) => (
        <span key={at} className="size-2 rounded-full bg-accent" />
      ))}
      {count > DOTS ? <span className="figures text-12 text-muted">+{count - DOTS}</span> : null}
      {count === 0 ? <span className="text-12 text-faint">No instances</span> : null}
    </span>
  )
}

function Tile({ node, onOpen }: { node: NodeView; onOpen: () => void }) {
  const look = lookOf(node)
  const capacities = capacitiesOf(node)
  const words = capacities.map(({ name, reserved }) => `${name} ${reserved} % reserved`).join(', ')
  return (
    <button
      type="button" onClick={onOpen} aria-label={`${node.hostname}: ${look.word}, ${node.instances} instances, ${words}`}
      className={cx('flex w-full flex-col gap-1.5 rounded-inner border bg-surface px-3 py-2 text-start hover:bg-hover', borders[look.tone])}>
      <span aria-hidden className="flex items-center gap-1.5">
        <Mark tone={look.tone} busy={look.busy ?? false} className="size-2.5" />
        <bdi className="min-w-0 truncate text-13 font-strong">{node.hostname}</bdi>
        {look.word === 'Ready' ? null : <span className="ms-auto shrink-0 text-12 text-muted">{look.word}</span>}
      </span>
      <span aria-hidden className="flex flex-col gap-0.5">
        {capacities.map((one) => (
          <Bar key={one.name} {...one} />
        ))}
      </span>
      <span aria-hidden>
        <Dots count={node.instances} />
      </span>
    </button>
  )
}

function ZoneTiles({ place, onOpen }: { place: Zone; onOpen: (node: NodeView) => void }) {
  return (
    <div className="max-sm:w-full">
      {place.zone === '' ? null : <h3 className="mb-1.5 text-12 text-muted">{place.zone}</h3>}
      <ul className="flex flex-wrap gap-2">
        {place.nodes.map((node) => (
          <li key={node.id} className="w-56 max-sm:w-full">
            <Tile node={node} onOpen={() => onOpen(node)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The whole fleet at a glance, by region and zone: how full each node is, and how much is on it. */
export function FleetMap({ nodes, onOpen }: { nodes: readonly NodeView[]; onOpen: (node: NodeView) => void }) {
  return (
    <section aria-label="Fleet" className="mb-5 flex flex-col gap-4">
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-2 w-5 rounded-[2px] bg-info-border" />
          reserved for instances
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-[3px] w-5 bg-info-mark" />
          in use
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-accent" />
          an instance
        </span>
      </p>
      {byPlace(nodes).map(({ region, count, zones }) => (
        <div key={region}>
          <h2 className="mb-1.5 text-14 font-strong">
            {region} <span className="figures font-normal text-muted">{count === 1 ? '1 node' : `${count} nodes`}</span>
          </h2>
          <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
            {zones.map((zone) => (
              <ZoneTiles key={zone.zone} place={zone} onOpen={onOpen} />
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}
