'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { DunningAccount } from '../../../../_lib/wire.ts'
import { IconButton } from '../../../../_ui/button.tsx'
import { Menu } from '../../../../_ui/menu.tsx'
import { ActDialog, type Act } from './act-dialog.tsx'

/** What an operator may do with one customer who owes. */
export function AccountMenu({ account }: { account: DunningAccount }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [act, setAct] = useState<Act | null>(null)
  const resume = useMutation(
    trpc.dunning.resume.mutationOptions({
      onSuccess: () => {
        toast(`Dunning of ${account.organization_name} goes on`)
        void client.invalidateQueries({ queryKey: trpc.dunning.pathKey() })
      },
      onError: (error) => toast.error(toProblem(error).detail),
    }),
  )
  const stopped = account.standing === 'suspended' || account.standing === 'terminated'
  return (
    <>
      <Menu
        label={`Acts on ${account.organization_name}`}
        trigger={
          <IconButton size="sm" label={`Acts on ${account.organization_name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        items={[
          { kind: 'link', label: 'Its invoices', href: `${paths.adminInvoices}?q=${account.organization_id}` },
          { kind: 'line' },
          { kind: 'act', label: 'Let it rest until a day', onSelect: () => setAct('pause') },
          { kind: 'act', label: 'Go on now', disabled: account.paused_until === null ? 'It does not rest.' : null, onSelect: () => resume.mutate({ organization_id: account.organization_id }) },
          { kind: 'line' },
          { kind: 'act', label: 'Lift the suspension', disabled: account.standing === 'suspended' ? null : 'It is not suspended.', onSelect: () => setAct('unsuspend') },
          { kind: 'act', label: 'Suspend by hand', danger: true, disabled: stopped ? 'It is stopped already.' : null, onSelect: () => setAct('suspend') },
        ]}
      />
      {act === null ? null : <ActDialog account={account} act={act} onClose={() => setAct(null)} />}
    </>
  )
}
