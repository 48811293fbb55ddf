'use client'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { assertPasskey } from '../_lib/passkey.ts'
import { toProblem } from '../_lib/problem.ts'
import { registerAsker } from '../_lib/reauthentication.ts'
import { useTRPC, useTRPCClient } from '../_lib/trpc.tsx'
import type { ProofMethod, ProofOptions } from '../_lib/wire.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { Field } from '../_ui/field.tsx'
import { Input, PasswordInput } from '../_ui/inputs.tsx'
import { ErrorPanel, PanelSkeleton } from '../_ui/states.tsx'

type Typed = Exclude<ProofMethod, 'passkey'>
const typed: Record<Typed, { label: string; other: string; autoComplete: string }> = {
  password: { label: 'Password', other: 'Use your password', autoComplete: 'current-password' },
  totp: { label: 'Code of your authenticator app', other: 'Use a code of your app', autoComplete: 'one-time-code' },
  recovery_code: { label: 'Recovery code', other: 'Use a recovery code', autoComplete: 'off' },
}

type ProofProps = { options: ProofOptions; onProven: () => void; onStale: () => void }

function Proof({ options, onProven, onStale }: ProofProps) {
  const client = useTRPCClient()
  const kinds = options.methods.filter((method): method is Typed => method !== 'passkey')
  const [kind, setKind] = useState<Typed | null>(kinds[0] ?? null)
  const [text, setText] = useState('')
  const proof = kind === 'password' ? { password: text } : { code: text }
  const prove = useMutation({
    mutationFn: async (by: 'passkey' | 'text') =>
      client.auth.reauthenticate.mutate({
        token: options.token,
        ...(by === 'passkey' ? { passkey: await assertPasskey(options.options) } : proof),
      }),
    onSuccess: onProven,
    onError: (error) => {
      if (toProblem(error).code === 'token_invalid') onStale()
    },
  })
  const problem = prove.error === null ? null : toProblem(prove.error)
  const fault = problem?.fields.find((field) => field.path === (kind === 'password' ? 'password' : 'code'))?.message
  const shared = { value: text, autoFocus: true, onChange: (event: { target: { value: string } }) => setText(event.target.value) }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (text !== '') prove.mutate('text')
      }}>
      {kind === null ? null : (
        <Field label={typed[kind].label} error={fault} required>
          {(control) =>
            kind === 'password' ? (
              <PasswordInput {...control} {...shared} autoComplete={typed[kind].autoComplete} />
            ) : (
              <Input {...control} {...shared} autoComplete={typed[kind].autoComplete} mono spellCheck={false} autoCapitalize="none" />
            )
          }
        </Field>
      )}
      {problem === null || fault !== undefined ? null : <ErrorPanel problem={problem} />}
      {kinds.length === 0 && !options.methods.includes('passkey') ? (
        <p className="text-14 text-muted">Sign out and in again: that proves who you are.</p>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        {kind === null ? null : (
          <Button type="submit" look="primary" disabled={text === ''} busy={prove.isPending}>
            Confirm
          </Button>
        )}
        {options.methods.includes('passkey') ? (
          <Button
            look={kind === null ? 'primary' : 'plain'}
            icon={<KeyRound aria-hidden className="size-4" />}
            disabled={prove.isPending}
            onClick={() => prove.mutate('passkey')}>
            Use a passkey
          </Button>
        ) : null}
        {kinds
          .filter((other) => other !== kind)
          .map((other) => (
            <Button
              key={other}
              look="quiet"
              size="sm"
              onClick={() => {
                setText('')
                prove.reset()
                setKind(other)
              }}>
              {typed[other].other}
            </Button>
          ))}
      </div>
    </form>
  )
}

/** Opened by any act that the portal answers with `reauthentication_required`; the act goes on when the answer is right. */
export function ReauthenticationDialog() {
  const trpc = useTRPC()
  const [open, setOpen] = useState(false)
  const answer = useRef<((proven: boolean) => void) | null>(null)
  const load = useMutation(trpc.auth.reauthenticationOptions.mutationOptions())
  const { mutate } = load
  useEffect(
    () =>
      registerAsker(
        () =>
          new Promise((resolve) => {
            answer.current = resolve
            setOpen(true)
            mutate({})
          }),
      ),
    [mutate],
  )
  const close = (proven: boolean) => {
    setOpen(false)
    answer.current?.(proven)
    answer.current = null
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close(false)
      }}
      title="Confirm that it is you"
      description="What you are about to do needs a proof from the last 15 minutes.">
      {load.error === null ? null : <ErrorPanel problem={toProblem(load.error)} onRetry={() => mutate({})} />}
      {load.data === undefined && load.error === null ? <PanelSkeleton label="Loading" className="h-24" /> : null}
      {load.data === undefined ? null : (
        <Proof key={load.data.token} options={load.data} onProven={() => close(true)} onStale={() => mutate({})} />
      )}
    </Dialog>
  )
}
