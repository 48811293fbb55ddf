'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { AccountSecurity } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../../../_ui/dialog.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { EnrolForm } from './enrol-form.tsx'

type Props = { totp: AccountSecurity['totp']; onChanged: (codes: string[] | null) => void }

export function AuthenticatorSection({ totp, onChanged }: Props) {
  const trpc = useTRPC()
  const [removing, setRemoving] = useState(false)
  const start = useMutation(trpc.account.startTotp.mutationOptions())
  const remove = useMutation(
    trpc.account.removeTotp.mutationOptions({
      onSuccess: () => {
        setRemoving(false)
        onChanged(null)
      },
    }),
  )
  const failed = start.error ?? remove.error
  return (
    <Section title="Authenticator app" hint="A code of six digits, asked for when you sign in. Works with any app for one-time passwords.">
      <Panel className="flex flex-wrap items-center justify-between gap-3">
        {totp.enabled ? (
          <span className="flex flex-wrap items-center gap-x-3">
            <Status tone="good" word="On" />
            {totp.since === null ? null : <span className="text-13 text-muted">set up <TimeAgo value={totp.since} /></span>}
          </span>
        ) : (
          <Status tone="idle" word="Off" />
        )}
        {totp.enabled ? (
          <Button size="sm" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        ) : (
          <Button size="sm" look="primary" busy={start.isPending} onClick={() => start.mutate({})}>
            Set up
          </Button>
        )}
      </Panel>
      {failed === null ? null : <ErrorPanel className="mt-3" problem={toProblem(failed)} />}
      <Dialog
        open={start.data !== undefined}
        onOpenChange={() => start.reset()}
        title="Set up an authenticator app"
        description="Scan the picture with the app, then enter the code that it shows.">
        {start.data === undefined ? null : (
          <EnrolForm
            enrolment={start.data}
            onDone={(codes) => {
              start.reset()
              onChanged(codes)
            }}
          />
        )}
      </Dialog>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title="Remove the authenticator app"
        action="Remove the app"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({})}>
        <p>Codes of the app are no longer asked for, and no longer accepted. Without a passkey your account is protected by its password alone.</p>
      </ConfirmDialog>
    </Section>
  )
}
