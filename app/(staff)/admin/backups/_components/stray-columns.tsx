import type { Recovery } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'

type Stray = Recovery['strays'][number]
interface Acts { busy: boolean; onAdopt: (stray: Stray) => void; onRemove: (stray: Stray) => void }

const DECIDED: Record<'adopted' | 'removed', { tone: 'good' | 'idle'; word: string }> = { adopted: { tone: 'good', word: 'adopted' }, removed: { tone: 'idle', word: 'goes' } }

function Decision({ stray, busy, onAdopt, onRemove }: Acts & { stray: Stray }) {
  if (stray.decision !== null) return <Badge tone={DECIDED[stray.decision].tone}>{DECIDED[stray.decision].word}</Badge>
  if (stray.kind !== 'vm') return null
  const name = stray.app ?? stray.id
  return (
    <span className="flex justify-end gap-2">
      <Button size="sm" className="h-7" disabled={busy || !stray.adoptable} aria-label={`Adopt ${name}`} onClick={() => onAdopt(stray)}>Adopt</Button>
      <Button size="sm" className="h-7" disabled={busy} aria-label={`Remove ${name}`} onClick={() => onRemove(stray)}>Remove</Button>
    </span>
  )
}

export const strayColumns = (acts: Acts): ReadonlyArray<Column<Stray>> => [
  {
    id: 'what',
    title: 'What',
    cell: (stray) => (
      <>
        <bdi className="font-strong">{stray.app ?? (stray.kind === 'volume' ? 'Volume' : 'Machine')}</bdi>
        <span className="block text-12 break-all text-muted">{stray.id}</span>
      </>
    ),
  },
  { id: 'org', title: 'Organization', cell: (stray) => <bdi>{stray.organization ?? 'unknown'}</bdi> },
  { id: 'node', title: 'Node', cell: (stray) => <bdi>{stray.node}</bdi> },
  { id: 'phase', title: 'Phase', cell: (stray) => stray.phase },
  { id: 'why', title: '', cell: (stray) => (stray.why_not === null ? null : <span className="text-13 text-muted">{stray.why_not}</span>) },
  { id: 'act', title: '', align: 'end', cell: (stray) => <Decision stray={stray} {...acts} /> },
]
