'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeDrainPreview, NodeView } from '../../../../_lib/wire.ts'
import { Load } from '../../../../_ui/load.tsx'
import { TableSkeleton } from '../../../../_ui/states.tsx'
import { movesOf, type Destination } from './node-words.ts'

const appsText = (apps: Destination['apps']): string => apps.map(({ name, count }) => (count === 1 ? name : `${name} × ${count}`)).join(', ')

function Moves({ preview }: { preview: NodeDrainPreview }) {
  const moves = movesOf(preview)
  if (moves.length === 0) return <p className="text-13 text-muted">Nothing runs here: it is empty at once.</p>
  return (
    <ul aria-label="Where each goes" className="divide-y divide-line rounded-box border border-line text-13">
      {moves.map(({ hostname, apps, why }) => (
        <li key={hostname ?? ''} className="px-3 py-2">
          <span className="flex flex-wrap justify-between gap-x-3">
            <bdi className={hostname === null ? 'text-attention' : 'font-strong'}>{hostname === null ? 'Would stay' : `To ${hostname}`}</bdi>
            <bdi className="text-muted">{appsText(apps)}</bdi>
          </span>
          {why.map((text) => (
            <span key={text} className="block text-12 text-muted">
              {text}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** The move on paper, as it would go now. */
export function DrainPreview({ node, destinations }: { node: NodeView; destinations: readonly string[] }) {
  const trpc = useTRPC()
  const preview = useQuery(trpc.staff.previewDrain.queryOptions({ node_id: node.id, destinations: [...destinations] }))
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-13 font-strong">Where each goes</h3>
      <Load query={preview} skeleton={<TableSkeleton label="Trying the move on paper" />}>
        {(data) => <Moves preview={data} />}
      </Load>
    </section>
  )
}
