'use client'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { Viewer } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { PageHeader, Panel, Section } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

export function AccountPage({ user }: { user: Viewer['user'] }) {
  const router = useRouter()
  const [name, setName] = useState(user.name)
  const update = useMutation(useTRPC().auth.updateProfile.mutationOptions({ onSuccess: () => { toast('Name saved'); router.refresh() } }))
  return (
    <>
      <PageHeader title="Account" above={<Link className="link" href={paths.home}>Back to your apps</Link>}
        facts={<><bdi>{user.email}</bdi>{user.email_verified ? null : <Badge tone="attention">not confirmed</Badge>}</>} />
      <Section title="Profile">
        <Panel>
          <form className="flex flex-wrap items-end gap-3" onSubmit={(event) => { event.preventDefault(); update.mutate({ name: name.trim() }) }}>
            <Field label="Name" required className="min-w-52 flex-1">{(control) => <Input {...control} value={name} autoComplete="name" onChange={(event) => setName(event.target.value)} />}</Field>
            <Button type="submit" disabled={name.trim() === '' || name.trim() === user.name} busy={update.isPending}>Save name</Button>
          </form>
          {update.error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(update.error)} />}
        </Panel>
      </Section>
      <PasswordSection email={user.email} />
      <SessionsSection />
    </>
  )
}
