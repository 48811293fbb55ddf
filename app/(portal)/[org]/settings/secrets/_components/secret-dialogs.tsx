'use client'
import type { Secret } from '../../../../../_lib/wire.ts'
import { DeleteSecretDialog } from './delete-secret-dialog.tsx'
import { ExpiryDialog } from './expiry-dialog.tsx'
import { NewSecretDialog } from './new-secret-dialog.tsx'
import { RollBackDialog } from './roll-back-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'

export type SecretApp = { id: string; name: string }
export type OpenDialog = { kind: 'new'; app: SecretApp | null } | { kind: 'rotate' | 'rollback' | 'expiry' | 'delete'; secret: Secret }

/** The one dialog that is open, on the settings of the organization and of an app alike. */
export function SecretDialogs({ dialog, onClose }: { dialog: OpenDialog | null; onClose: () => void }) {
  if (dialog === null) return null
  if (dialog.kind === 'new') return <NewSecretDialog app={dialog.app} onClose={onClose} />
  const { secret } = dialog
  if (dialog.kind === 'rotate') return <RotateDialog secret={secret} onClose={onClose} />
  if (dialog.kind === 'rollback') return <RollBackDialog secret={secret} onClose={onClose} />
  if (dialog.kind === 'expiry') return <ExpiryDialog secret={secret} onClose={onClose} />
  return <DeleteSecretDialog secret={secret} onClose={onClose} />
}
