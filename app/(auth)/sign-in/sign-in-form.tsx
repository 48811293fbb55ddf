'use client'
import { useMutation } from '@tanstack/react-query'
import { Building2, KeyRound, Mail } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { z } from 'zod'
import { emailRule } from '../../_lib/form-rules.ts'
import { assertPasskey } from '../../_lib/passkey.ts'
import { paths } from '../../_lib/paths.ts'
import { toProblem } from '../../_lib/problem.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import type { SecondFactor, SignInOutcome } from '../../_lib/wire.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { ErrorPanel } from '../../_ui/states.tsx'
import { AuthForm } from '../_components/auth-form.tsx'
import { LinkSent } from '../_components/link-sent.tsx'
import { SecondFactorStep } from '../_components/second-factor-step.tsx'

const Password = z.object({ email: emailRule, password: z.string().min(1, 'Enter your password.') })
const Address = z.object({ email: emailRule })

type Step = { kind: 'password' } | { kind: 'address' } | { kind: 'sent' } | { kind: 'second'; factor: SecondFactor }

// A full load: the server renders the next page with the new session.
const leave = (to: string) => window.location.assign(to)

function PasskeySignIn({ onOutcome }: { onOutcome: (outcome: SignInOutcome) => void }) {
  const client = useTRPCClient()
  const use = useMutation({
    mutationFn: async () => {
      const { token, options } = await client.auth.passkeySignInOptions.mutate({})
      return client.auth.signInWithPasskey.mutate({ token, passkey: await assertPasskey(options) })
    },
    onSuccess: onOutcome,
  })
  return (
    <>
      <Button icon={<KeyRound aria-hidden className="size-4" />} busy={use.isPending || use.isSuccess} onClick={() => use.mutate()}>
        Sign in with a passkey
      </Button>
      {use.error === null ? null : <ErrorPanel problem={toProblem(use.error)} />}
    </>
  )
}

const startAgain = (onBack: () => void) => (
  <button type="button" className="link" onClick={onBack}>
    Back to sign in
  </button>
)

function LinkForm({ onSent, onBack }: { onSent: () => void; onBack: () => void }) {
  const client = useTRPCClient()
  return (
    <AuthForm
      title="Sign in by e-mail"
      intro="We send a link that signs you in, once, within 15 minutes."
      schema={Address}
      initial={{ email: '' }}
      fields={[{ name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' }]}
      submit="Send the link"
      send={(values) => client.auth.requestSignInLink.mutate(values)}
      onDone={({ redirect }) => (redirect === null ? onSent() : leave(redirect))}
      below={startAgain(onBack)}
    />
  )
}

export function SignInForm({ next }: { next: string }) {
  const client = useTRPCClient()
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const back = () => setStep({ kind: 'password' })
  const follow = ({ second_factor: factor, redirect }: SignInOutcome) => {
    if (factor === null) leave(redirect ?? next)
    else setStep({ kind: 'second', factor })
  }
  if (step.kind === 'second') return <SecondFactorStep step={step.factor} onDone={() => leave(next)} below={startAgain(back)} />
  if (step.kind === 'address') return <LinkForm onSent={() => setStep({ kind: 'sent' })} onBack={back} />
  if (step.kind === 'sent') return <LinkSent below={startAgain(back)}>a link to sign in is on its way. It works once, for 15 minutes.</LinkSent>
  return (
    <AuthForm
      title="Sign in"
      schema={Password}
      initial={{ email: '', password: '' }}
      fields={[
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
        { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
      ]}
      submit="Sign in"
      send={(values) => client.auth.signIn.mutate(values)}
      onDone={follow}
      below={
        <>
          No account yet?{' '}
          <Link className="link" href={paths.signUp}>
            Create one
          </Link>
        </>
      }>
      <Link className="link w-max text-13" href={paths.forgotPassword}>
        Forgot your password?
      </Link>
      <div className="flex flex-col gap-2 border-t border-line pt-4">
        <PasskeySignIn onOutcome={follow} />
        <Button icon={<Mail aria-hidden className="size-4" />} onClick={() => setStep({ kind: 'address' })}>
          E-mail me a link
        </Button>
        <ButtonLink icon={<Building2 aria-hidden className="size-4" />} href={next === paths.home ? paths.sso : `${paths.sso}?next=${encodeURIComponent(next)}`}>
          Use single sign-on
        </ButtonLink>
      </div>
    </AuthForm>
  )
}
