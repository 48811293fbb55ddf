'use client'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useBrand } from '../../../_lib/org-context.tsx'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { Viewer } from '../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../_ui/button.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Badge, Banner } from '../../../_ui/status.tsx'
import { ThemeToggle } from '../../../_ui/theme.tsx'
import { SessionsSection } from './sessions-section.tsx'

/** The password changes by mail: who has this session alone cannot take the account over. */
function Password({ email }: { email: string }) {
  const brand = useBrand()
  const request = useMutation(useTRPC().auth.requestPasswordReset.mutationOptions())
  return (
    <Section title="Password">
      <Panel className="flex flex-col gap-3">
        <p className="text-muted">We mail you a link to set a new password. It ends every session.</p>
        {request.isSuccess ? (
          <Banner
            tone="good"
            action={
              brand.mode === 'sandbox' ? (
                <ButtonLink size="sm" href={paths.sandboxMail}>
                  Open test mail
                </ButtonLink>
              ) : undefined
            }>
            The link is on its way to <bdi>{email}</bdi>.
          </Banner>
        ) : (
          <Button className="w-max" busy={request.isPending} onClick={() => request.mutate({ email })}>
            Send the link
          </Button>
        )}
        {request.error === null ? null : <ErrorPanel problem={toProblem(request.error)} />}
      </Panel>
    </Section>
  )
}

export function AccountPage({ user }: { user: Viewer['user'] }) {
  return (
    <>
      <PageHeader
        title="Account"
        above={
          <Link className="link" href={paths.home}>
            Back to your apps
          </Link>
        }
      />
      <Section title="Profile">
        <Panel>
          <KeyValue
            items={[
              ['Name', <bdi key="name">{user.name}</bdi>],
              [
                'E-mail',
                <span key="email">
                  <bdi>{user.email}</bdi> {user.email_verified ? null : <Badge tone="attention">not confirmed</Badge>}
                </span>,
              ],
              ['Theme', <ThemeToggle key="theme" />],
            ]}
          />
        </Panel>
      </Section>
      <Password email={user.email} />
      <SessionsSection />
    </>
  )
}
