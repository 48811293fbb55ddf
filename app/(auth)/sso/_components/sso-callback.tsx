'use client'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { takeBrowserKey } from '../../../_lib/sso-flow.ts'
import { useTRPCClient } from '../../../_lib/trpc.tsx'
import type { SsoTest } from '../../../_lib/wire.ts'
import { ButtonLink } from '../../../_ui/button.tsx'
import { KeyValue, Panel } from '../../../_ui/page.tsx'
import { Banner } from '../../../_ui/status.tsx'
import { AuthCard } from '../../_components/auth-card.tsx'

function TestResult({ test, next }: { test: SsoTest; next: string }) {
  return (
    <AuthCard title={test.ok ? 'The test succeeded' : 'The test failed'} intro="Nobody was signed in by it, and no account was made.">
      {test.faults.map((fault) => (
        <Banner key={fault} tone="bad">
          {fault}
        </Banner>
      ))}
      <Panel>
        <KeyValue
          items={[
            ['E-mail', <bdi key="email">{test.email ?? 'not sent'}</bdi>],
            ['Vouched for', test.email_verified ? 'yes' : 'no'],
            ['Name', <bdi key="name">{test.name ?? 'not sent'}</bdi>],
            ['Subject', <code key="subject" className="text-12 break-all">{test.subject}</code>],
            ['Second factor', test.mfa ? 'used' : 'not reported'],
          ]}
        />
      </Panel>
      <ButtonLink look="primary" href={next}>
        Back to the settings
      </ButtonLink>
    </AuthCard>
  )
}

export function SsoCallback() {
  const client = useTRPCClient()
  const { mutate, data, error } = useMutation({
    mutationFn: (query: string) => client.sso.finish.mutate({ query, browser_key: takeBrowserKey() }),
    // A full load: the server renders the next page with the new session.
    onSuccess: ({ test, next }) => {
      if (test === null) window.location.assign(next)
    },
  })
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const query = window.location.search.slice(1)
    window.history.replaceState(null, '', window.location.pathname)
    mutate(query)
  }, [mutate])
  if (data?.test) return <TestResult test={data.test} next={data.next} />
  if (error === null) return <AuthCard title="Signing in">{<p role="status">One moment: your identity provider's answer is being checked.</p>}</AuthCard>
  return (
    <AuthCard title="You are not signed in" problem={toProblem(error)}>
      <div className="flex flex-wrap gap-2">
        <ButtonLink look="primary" href={paths.sso}>
          Start again
        </ButtonLink>
        <ButtonLink href={paths.signIn}>Sign in another way</ButtonLink>
      </div>
    </AuthCard>
  )
}
