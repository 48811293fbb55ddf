'use client'
import { useMutation } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeView } from '../../../../_lib/wire.ts'
import { IconButton } from '../../../../_ui/button.tsx'
import { Menu } from '../../../../_ui/menu.tsx'
import { DrainDialog } from './drain-dialog.tsx'
import { CordonDialog, DeadDialog, DeleteDialog, NotEmptyDialog, PlaceDialog, RevokeDialog } from './node-dialogs.tsx'
import { notDeadBecause } from './node-words.ts'
import { useNodeDone } from './use-node-done.ts'

type Act = 'cordon' | 'drain' | 'remove' | 'place' | 'revoke' | 'dead' | 'delete'

/** What an operator may do with one node. */
export function NodeMenu({ node, others, onOpen }: { node: NodeView; others: readonly NodeView[]; onOpen?: () => void }) {
  const trpc = useTRPC()
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  const done = useNodeDone(close)
  const uncordon = useMutation(trpc.staff.uncordonNode.mutationOptions({
    onSuccess: () => done(`${node.hostname} takes instances again`), onError: (error) => toast.error(toProblem(error).detail),
  }))
  // What lies on a machine that is gone nobody can drain; the refusal says what to do.
  const isEmpty = node.status !== 'ready' || node.instances + node.volumes === 0
  const draining = node.duty === 'draining' ? 'It is being drained.' : null
  return (
    <>
      <Menu
        label={`Acts on ${node.hostname}`}
        trigger={
          <IconButton size="sm" label={`Acts on ${node.hostname}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        items={[
          ...(onOpen === undefined ? [] : [{ kind: 'act' as const, label: 'What is here', onSelect: onOpen }]),
          { kind: 'act', label: 'Region, zone, labels', onSelect: () => setAct('place') },
          { kind: 'line' },
          node.duty === 'active'
            ? { kind: 'act', label: 'Cordon', onSelect: () => setAct('cordon') }
            : { kind: 'act', label: 'Uncordon', disabled: draining, onSelect: () => uncordon.mutate({ node_id: node.id }) },
          { kind: 'act', label: 'Drain', disabled: draining ?? (node.status === 'ready' ? null : 'It is not heard.'), onSelect: () => setAct('drain') },
          { kind: 'line' },
          { kind: 'act', label: 'Revoke', danger: true, disabled: node.alarms.some((one) => one.type === 'revoked') ? 'It is revoked.' : null, onSelect: () => setAct('revoke') },
          { kind: 'act', label: 'Declare dead', danger: true, disabled: notDeadBecause(node), onSelect: () => setAct('dead') },
          { kind: 'act', label: 'Delete', danger: true, disabled: draining, onSelect: () => setAct('delete') },
        ]}
      />
      {act === 'cordon' ? <CordonDialog node={node} onClose={close} /> : null}
      {act === 'place' ? <PlaceDialog node={node} onClose={close} /> : null}
      {act === 'drain' || act === 'remove' ? (
        <DrainDialog node={node} others={others.filter((one) => one.id !== node.id)} then={act === 'remove' ? 'removed' : 'cordoned'} onClose={close} />
      ) : null}
      {act === 'revoke' ? <RevokeDialog node={node} onClose={close} /> : null}
      {act === 'dead' ? <DeadDialog node={node} onClose={close} /> : null}
      {act === 'delete' && !isEmpty ? <NotEmptyDialog node={node} onDrain={() => setAct('remove')} onClose={close} /> : null}
      {act === 'delete' && isEmpty ? <DeleteDialog node={node} onClose={close} /> : null}
    </>
  )
}
