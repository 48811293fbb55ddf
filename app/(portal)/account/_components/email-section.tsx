'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { emailRule } from '../../../_lib/form-rules.ts'
import { useBrand } from '../../../_lib/org-context.tsx'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC, useTRPCClient } from '../../../_lib/trpc.tsx'
import { Button, ButtonLink } from '../../../_ui/button.tsx'
import { Dialog } from '../../../_ui/dialog.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Banner } from '../../../_ui/status.tsx'
import { OneFieldForm } from './one-field-form.tsx'

function Waiting({ address, onCancelled }: { address: string; onCancelled: () => void }) {
  const brand = useBrand()
  const cancel = useMutation(useTRPC().account.cancelEmailChange.mutationOptions({ onSuccess: onCancelled }))
  return (
    <>
      <Banner
        tone="info"
        action={
          <span className="flex flex-wrap gap-2">
            {brand.mode === 'sandbox' ? (
              <ButtonLink size="sm" href={`${paths.sandboxMail}?to=${encodeURIComponent(address)}`}>
                Open test mail
              </ButtonLink>
            ) : null}
            <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({})}>
              Keep the old one
            </Button>
          </span>
        }>
        Open the link we mailed to <bdi className="font-strong">{address}</bdi>. Until then nothing changes.
      </Banner>
      {cancel.error === null ? null : <ErrorPanel problem={toProblem(cancel.error)} />}
    </>
  )
}

export function EmailSection({ email }: { email: string }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const security = useQuery(trpc.account.security.queryOptions({}))
  const [open, setOpen] = useState(false)
  const again = () => {
    setOpen(false)
    void security.refetch()
  }
  const waiting = security.data?.email_change ?? null
  return (
    <Section title="E-mail" hint="You sign in with it, and it gets the mails of your account.">
      <Panel className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <bdi className="min-w-0 break-all">{email}</bdi>
          <Button size="sm" onClick={() => setOpen(true)}>
            Change e-mail
          </Button>
        </div>
        {waiting === null ? null : <Waiting address={waiting.new_email} onCancelled={again} />}
        {security.error === null ? null : <ErrorPanel problem={toProblem(security.error)} onRetry={again} />}
      </Panel>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Change e-mail"
        description="We mail a link to the new address. Once you open it the account changes over, and the old address gets a link to undo that for 72 hours.">
        <OneFieldForm
          field="email" rule={emailRule} label="New e-mail" act="Send the link" send={(address) => client.account.requestEmailChange.mutate({ email: address })} onSent={again}>
          {(control) => <Input {...control} type="email" autoComplete="email" autoFocus />}
        </OneFieldForm>
      </Dialog>
    </Section>
  )
}
