'use client'
import { useState } from 'react'
import { toast } from 'sonner'
import { newPasswordRule } from '../../../../_lib/form-rules.ts'
import { useTRPCClient } from '../../../../_lib/trpc.tsx'
import type { AccountSecurity } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { PasswordInput } from '../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { OneFieldForm } from '../../_components/one-field-form.tsx'

export function PasswordSection({ password, onChanged }: { password: AccountSecurity['password']; onChanged: () => void }) {
  const client = useTRPCClient()
  const [open, setOpen] = useState(false)
  const done = () => {
    setOpen(false)
    toast('Password changed', { description: 'Every other session was signed out.' })
    onChanged()
  }
  return (
    <Section title="Password">
      <Panel className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-muted">
          {password.changed_at === null ? 'You sign in without a password.' : <>Last changed <TimeAgo value={password.changed_at} />.</>}
        </span>
        <Button size="sm" onClick={() => setOpen(true)}>
          {password.set ? 'Change password' : 'Set a password'}
        </Button>
      </Panel>
      <Dialog open={open} onOpenChange={setOpen} title="Change password" description="Every other session of your account is signed out.">
        <OneFieldForm
          field="password" rule={newPasswordRule} label="New password" hint="At least 10 characters. A short sentence works well." act="Set password"
          send={(password) => client.account.changePassword.mutate({ password })} onSent={done}>
          {(control) => <PasswordInput {...control} autoComplete="new-password" autoFocus />}
        </OneFieldForm>
      </Dialog>
    </Section>
  )
}
