'use client'
import type { NodeView } from '../../../../_lib/wire.ts'
import { cx } from '../../../../_ui/cx.ts'
import { Mark, type Tone } from '../../../../_ui/status.tsx'
import { byPlace, fillOf, lookOf } from './node-words.ts'

const borders: Record<Tone, string> = {
  good: 'border-line-strong', attention: 'border-attention-border', bad: 'border-bad-border', info: 'border-info-border', idle: 'border-line',
}

function Tile({ node, onOpen }: { node: NodeView; onOpen: () => void }) {
  const look = lookOf(node)
  const fill = fillOf(node)
  return (
    <button
      type="button" onClick={onOpen} title={`${node.hostname}: ${look.word}, ${fill} % of its memory promised`}
      aria-label={`${node.hostname}: ${look.word}, ${fill} % of its memory promised`}
      className={cx('relative h-14 w-28 overflow-hidden rounded-inner border bg-surface px-2 text-start hover:bg-hover', borders[look.tone])}>
      <span aria-hidden className="absolute start-0 bottom-0 h-1 bg-info-mark" style={{ width: `${fill}%` }} />
      <span className="flex items-center gap-1.5">
        <Mark tone={look.tone} busy={look.busy ?? false} className="size-2.5" />
        <bdi className="truncate text-12 font-strong">{node.hostname}</bdi>
      </span>
      <span className="figures text-12 text-muted">
        {node.instances} · {fill} %
      </span>
    </button>
  )
}

/** The whole fleet at a glance, by region and zone; a tile fills with the memory that is promised. */
export function FleetMap({ nodes, onOpen }: { nodes: readonly NodeView[]; onOpen: (node: NodeView) => void }) {
  return (
    <section aria-label="Fleet" className="mb-5 flex flex-col gap-3">
      {byPlace(nodes).map(({ place, nodes: here }) => (
        <div key={place}>
          <h2 className="mb-1.5 text-13 text-muted">
            {place} <span className="figures">({here.length})</span>
          </h2>
          <ul className="flex flex-wrap gap-2">
            {here.map((node) => (
              <li key={node.id}>
                <Tile node={node} onOpen={() => onOpen(node)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
