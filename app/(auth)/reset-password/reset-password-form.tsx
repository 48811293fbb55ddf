'use client'
import Link from 'next/link'
import { useState } from 'react'
import { z } from 'zod'
import { newPasswordRule } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from '../_components/auth-card.tsx'
import { AuthForm } from '../_components/auth-form.tsx'

const Schema = z.object({ password: newPasswordRule })

export function ResetPasswordForm({ token }: { token: string }) {
  const client = useTRPCClient()
  const [done, setDone] = useState(false)
  if (done) {
    return (
      <AuthCard title="Password changed" intro="Every other session of your account was signed out.">
        <ButtonLink look="primary" href={paths.signIn}>
          Sign in
        </ButtonLink>
      </AuthCard>
    )
  }
  return (
    <AuthForm
      title="Set a new password"
      schema={Schema}
      initial={{ password: '' }}
      fields={[
        {
          name: 'password',
          label: 'New password',
          hint: 'At least 10 characters. All sessions are signed out.',
          type: 'password',
          autoComplete: 'new-password',
        },
      ]}
      submit="Set password"
      send={({ password }) => client.auth.resetPassword.mutate({ token, password })}
      onDone={() => setDone(true)}
      below={
        <Link className="link" href={paths.forgotPassword}>
          Ask for a new link
        </Link>
      }
    />
  )
}
