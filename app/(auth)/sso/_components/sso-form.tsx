'use client'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { z } from 'zod'
import { emailRule } from '../../../_lib/form-rules.ts'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { leaveForProvider } from '../../../_lib/sso-flow.ts'
import { useTRPCClient } from '../../../_lib/trpc.tsx'
import { AuthCard } from '../../_components/auth-card.tsx'
import { AuthForm } from '../../_components/auth-form.tsx'

const Address = z.object({ email: emailRule })

const otherWay = (
  <Link className="link" href={paths.signIn}>
    Sign in another way
  </Link>
)

/** Somebody the sign-in page sent here goes on at once; whoever came alone says who they are first. */
function Leading({ email, next }: { email: string; next: string }) {
  const client = useTRPCClient()
  const { mutate, error } = useMutation({ mutationFn: () => client.sso.start.mutate({ email, next }), onSuccess: leaveForProvider })
  const begun = useRef(false)
  useEffect(() => {
    if (!begun.current) mutate()
    begun.current = true
  }, [mutate])
  return (
    <AuthCard
      title="Single sign-on"
      intro={
        <>
          Your organization signs <bdi className="font-strong text-ink">{email}</bdi> in.
        </>
      }
      problem={error === null ? null : toProblem(error)}
      below={otherWay}>
      {error === null ? <p role="status">Taking you to its identity provider…</p> : null}
    </AuthCard>
  )
}

export function SsoForm({ email, next }: { email: string; next: string }) {
  const client = useTRPCClient()
  if (Address.safeParse({ email }).success) return <Leading email={email} next={next} />
  return (
    <AuthForm
      title="Single sign-on"
      intro="Your work address leads to your organization's identity provider."
      schema={Address}
      initial={{ email: '' }}
      fields={[{ name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' }]}
      submit="Continue"
      send={(values) => client.sso.start.mutate({ ...values, next })}
      onDone={leaveForProvider}
      below={otherWay}
    />
  )
}
