'use client'
import Link from 'next/link'
import { useState } from 'react'
import { z } from 'zod'
import { emailRule, nameRule, newPasswordRule } from '../../_lib/form-rules.ts'
import { useBrand } from '../../_lib/org-context.tsx'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { AuthForm } from '../_components/auth-form.tsx'
import { CheckMail } from '../_components/check-mail.tsx'

const Schema = z.object({ name: nameRule, email: emailRule, password: newPasswordRule })

export function SignUpForm() {
  const client = useTRPCClient()
  const brand = useBrand()
  const [email, setEmail] = useState<string | null>(null)
  if (email !== null) return <CheckMail email={email} />
  return (
    <AuthForm
      title={`Create your ${brand.name} account`}
      schema={Schema}
      initial={{ name: '', email: '', password: '' }}
      fields={[
        { name: 'name', label: 'Your name', autoComplete: 'name' },
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
        {
          name: 'password',
          label: 'Password',
          hint: 'At least 10 characters. A short sentence works well.',
          type: 'password',
          autoComplete: 'new-password',
        },
      ]}
      submit="Create account"
      send={(values) => client.auth.signUp.mutate(values)}
      onDone={(user) => setEmail(user.email)}
      below={
        <>
          Have an account?{' '}
          <Link className="link" href={paths.signIn}>
            Sign in
          </Link>
        </>
      }
    />
  )
}
