'use client'
import Link from 'next/link'
import { useState } from 'react'
import { z } from 'zod'
import { emailRule } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { AuthForm } from '../_components/auth-form.tsx'
import { LinkSent } from '../_components/link-sent.tsx'

const Schema = z.object({ email: emailRule })

export function ForgotPasswordForm() {
  const client = useTRPCClient()
  const [sent, setSent] = useState(false)
  const back = (
    <Link className="link" href={paths.signIn}>
      Back to sign in
    </Link>
  )
  if (sent) return <LinkSent below={back}>a link to set a new password is on its way. It is valid for one hour.</LinkSent>
  return (
    <AuthForm
      title="Forgot your password"
      intro="We send a link to set a new one."
      schema={Schema}
      initial={{ email: '' }}
      fields={[{ name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' }]}
      submit="Send the link"
      send={(values) => client.auth.requestPasswordReset.mutate(values)}
      onDone={() => setSent(true)}
      below={back}
    />
  )
}
