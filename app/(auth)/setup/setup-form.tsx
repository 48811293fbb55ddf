'use client'
import { z } from 'zod'
import { emailRule, nameRule, newPasswordRule, requiredText } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { AuthForm } from '../_components/auth-form.tsx'

const Schema = z.object({ code: requiredText('Enter the setup code.'), name: nameRule, email: emailRule, password: newPasswordRule })

export function SetupForm({ code }: { code: string }) {
  const client = useTRPCClient()
  return (
    <AuthForm
      title="Set up the platform"
      intro="This console has no operator yet. The account you create here operates it: nodes, resellers, prices."
      schema={Schema}
      initial={{ code, name: '', email: '', password: '' }}
      fields={[
        {
          name: 'code',
          label: 'Setup code',
          hint: (
            <>
              Printed in the terminal by <code>npm run up</code>. It works once.
            </>
          ),
          type: 'code',
          autoComplete: 'one-time-code',
        },
        { name: 'name', label: 'Your name', autoComplete: 'name' },
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
        { name: 'password', label: 'Password', hint: 'At least 10 characters.', type: 'password', autoComplete: 'new-password' },
      ]}
      submit="Create operator account"
      send={(values) => client.auth.setup.mutate(values)}
      onDone={() => window.location.assign(paths.admin)}
    />
  )
}
