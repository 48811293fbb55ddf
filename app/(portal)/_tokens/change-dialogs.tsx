'use client'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { toProblem } from '../../_lib/problem.ts'
import type { CreatedToken, TokenInfo } from '../../_lib/wire.ts'
import { ConfirmDialog } from '../../_ui/dialog.tsx'
import { ErrorPanel } from '../../_ui/states.tsx'

export type TokenChange = { kind: 'revoke' | 'rotate'; token: TokenInfo }
type ChangeDialogProps = {
  change: TokenChange
  revoke: (token: TokenInfo) => Promise<unknown>
  rotate: (token: TokenInfo) => Promise<CreatedToken>
  onRotated: (token: CreatedToken) => void
  onDone: () => void
  onClose: () => void
}

export function ChangeDialog({ change, revoke, rotate, onRotated, onDone, onClose }: ChangeDialogProps) {
  const { kind, token } = change
  const act = useMutation({
    mutationFn: async () => (kind === 'revoke' ? (await revoke(token), null) : rotate(token)),
    onSuccess: (created) => {
      onDone()
      if (created === null) toast(`Token ${token.name} revoked`)
      else onRotated(created)
      onClose()
    },
  })
  const isRevoke = kind === 'revoke'
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={isRevoke ? `Revoke ${token.name}?` : `Replace ${token.name}?`}
      action={isRevoke ? 'Revoke token' : 'Replace token'}
      danger
      busy={act.isPending}
      onConfirm={() => act.mutate()}>
      <p>{isRevoke ? 'Whatever uses it stops working at once.' : 'You get a new token with the same limits. The old one stops working at once.'}</p>
      {act.error === null ? null : <ErrorPanel problem={toProblem(act.error)} />}
    </ConfirmDialog>
  )
}
