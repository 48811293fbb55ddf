'use client'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { z } from 'zod'
import { requiredText } from '../../_lib/form-rules.ts'
import { assertPasskey } from '../../_lib/passkey.ts'
import { toProblem } from '../../_lib/problem.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import type { SecondFactor } from '../../_lib/wire.ts'
import { Button } from '../../_ui/button.tsx'
import { AuthCard } from './auth-card.tsx'
import { AuthForm } from './auth-form.tsx'

const Schema = z.object({ code: requiredText('Enter the code.') })

const codeFields = {
  totp: { label: 'Code', hint: 'The six digits your authenticator app shows now.', other: 'Use a recovery code' },
  recovery_code: { label: 'Recovery code', hint: 'One of the codes you kept when you set up the second factor. Each works once.', other: 'Use a code of the app' },
} as const
type CodeKind = keyof typeof codeFields

function PasskeyButton({ token, onDone, primary }: { token: string; onDone: () => void; primary: boolean }) {
  const client = useTRPCClient()
  const use = useMutation({
    mutationFn: async () => {
      const { options } = await client.auth.secondFactorPasskeyOptions.mutate({ token })
      return client.auth.completeSignIn.mutate({ token, passkey: await assertPasskey(options) })
    },
    onSuccess: onDone,
  })
  return (
    <>
      <Button
        look={primary ? 'primary' : 'plain'}
        icon={<KeyRound aria-hidden className="size-4" />}
        busy={use.isPending || use.isSuccess}
        onClick={() => use.mutate()}>
        Use a passkey
      </Button>
      {use.error === null ? null : <p role="alert" className="text-13 text-bad">{toProblem(use.error).detail}</p>}
    </>
  )
}

type StepProps = { step: SecondFactor; onDone: () => void; below: ReactNode }

/** Pasting is welcome, and one field takes every code: password managers fill it. */
export function SecondFactorStep({ step, onDone, below }: StepProps) {
  const client = useTRPCClient()
  const kinds = step.methods.filter((method): method is CodeKind => method !== 'passkey')
  const [kind, setKind] = useState<CodeKind | null>(step.methods.includes('totp') ? 'totp' : step.methods.includes('passkey') ? null : 'recovery_code')
  const passkey = step.methods.includes('passkey') ? <PasskeyButton token={step.token} onDone={onDone} primary={kind === null} /> : null
  const others = kinds.filter((other) => other !== kind)
  const switches = others.map((other) => (
    <Button key={other} look="quiet" size="sm" className="w-max" onClick={() => setKind(other)}>
      {kind === null ? `Use a ${codeFields[other].label.toLowerCase()}` : codeFields[kind].other}
    </Button>
  ))
  const intro = 'Your account is protected by a second factor.'
  if (kind === null) {
    return (
      <AuthCard title="One more step" intro={intro} below={below}>
        {passkey}
        {switches}
      </AuthCard>
    )
  }
  const { label, hint } = codeFields[kind]
  return (
    <AuthForm
      key={kind}
      title="One more step"
      intro={intro}
      schema={Schema}
      initial={{ code: '' }}
      fields={[{ name: 'code', label, hint, type: 'code', autoComplete: kind === 'totp' ? 'one-time-code' : 'off' }]}
      submit="Continue"
      send={({ code }) => client.auth.completeSignIn.mutate({ token: step.token, code })}
      onDone={onDone}
      below={below}>
      {passkey}
      {switches}
    </AuthForm>
  )
}
