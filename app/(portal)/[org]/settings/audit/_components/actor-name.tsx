import type { AuditRecord } from '../../../../../_lib/wire.ts'
import { Badge } from '../../../../../_ui/status.tsx'

const words: Record<string, string> = { job: 'ShellWeGo', node: 'A node', provider: 'Payment provider', anonymous: 'Nobody signed in' }

/** Both identities when the operator was at work in somebody's account. */
export function ActorName({ actor }: { actor: AuditRecord['actor'] }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <bdi>{actor.name ?? words[actor.type] ?? actor.id ?? actor.type}</bdi>
      {actor.type === 'service_account' ? <Badge>machine</Badge> : null}
      {actor.operator ? <Badge tone="attention">operator</Badge> : null}
      {actor.impersonator === null ? null : (
        <Badge tone="attention">
          operator <bdi>{actor.impersonator.name}</bdi>
        </Badge>
      )}
    </span>
  )
}
