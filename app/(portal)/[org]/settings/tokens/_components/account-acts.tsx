'use client'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPCClient } from '../../../../../_lib/trpc.tsx'
import type { ServiceAccountInfo } from '../../../../../_lib/wire.ts'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

export type AccountAct = 'enable' | 'disable' | 'delete'
const words: Record<AccountAct, { action: string; what: string; done: string }> = {
  enable: { action: 'Enable', what: 'Its tokens work again, as far as they have not expired.', done: 'enabled' },
  disable: { action: 'Disable', what: 'Its tokens stop working at once, until it is enabled again.', done: 'disabled' },
  delete: { action: 'Delete', what: 'It and all its tokens are gone for good. Whatever uses them stops working at once.', done: 'deleted' },
}

type ActsProps = { account: ServiceAccountInfo; act: AccountAct; onDone: () => void; onClose: () => void }

export function AccountActs({ account, act, onDone, onClose }: ActsProps) {
  const { org } = useOrg()
  const client = useTRPCClient()
  const { action, what, done } = words[act]
  const perform = useMutation({
    mutationFn: async (): Promise<void> => {
      const of = { organization_id: org.id, service_account_id: account.id }
      if (act === 'delete') await client.serviceAccounts.remove.mutate(of)
      else await client.serviceAccounts.update.mutate({ ...of, disabled: act === 'disable' })
    },
    onSuccess: () => {
      toast(`Service account ${account.name} ${done}`)
      onDone()
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`${action} ${account.name}?`}
      action={`${action} service account`}
      danger={act !== 'enable'}
      {...(act === 'delete' ? { typeName: account.name } : {})}
      busy={perform.isPending}
      onConfirm={() => perform.mutate()}>
      <p>{what}</p>
      {perform.error === null ? null : <ErrorPanel problem={toProblem(perform.error)} />}
    </ConfirmDialog>
  )
}
