'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../_lib/paths.ts'
import { getJson } from '../../_lib/rest.ts'
import type { SandboxMail } from '../../_lib/wire.ts'
import { Load } from '../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../_ui/page.tsx'
import { EmptyState, PanelSkeleton } from '../../_ui/states.tsx'
import { TimeAgo } from '../../_ui/time.tsx'

function Mail({ mail }: { mail: SandboxMail }) {
  return (
    <>
      <Panel className="mb-6">
        <KeyValue
          items={[
            ['To', <bdi key="to">{mail.to}</bdi>],
            ['Sent', <TimeAgo key="at" value={mail.at} />],
          ]}
        />
      </Panel>
      {mail.links.length === 0 ? null : (
        <Section title="Links">
          <ul className="flex flex-col gap-1">
            {mail.links.map((link) => (
              <li key={link}>
                <a className="link break-all" href={link}>
                  {link}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="As it looks">
        {/* No script, no form, no access to this page: a mail is foreign text. */}
        <iframe
          title="Mail as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${mail.html}`}
          className="h-120 w-full rounded-box border border-line bg-white"
        />
      </Section>
      <Section title="As text">
        <pre className="overflow-x-auto rounded-box border border-line bg-surface p-4 text-12 whitespace-pre-wrap">{mail.text}</pre>
      </Section>
    </>
  )
}

export function MailPage({ id }: { id: string }) {
  const mails = useQuery({
    queryKey: ['test-mail', ''],
    queryFn: ({ signal }) => getJson<{ data: SandboxMail[] }>('/v1/test/mail', signal),
  })
  return (
    <Load query={mails} skeleton={<PanelSkeleton label="Loading the mail" className="h-80" />}>
      {({ data }) => {
        const mail = data.find((one) => one.id === id)
        return (
          <>
            <PageHeader
              title={mail?.subject ?? 'Test mail'}
              above={
                <Link className="link" href={paths.sandboxMail}>
                  Test mail
                </Link>
              }
            />
            {mail === undefined ? <EmptyState title="This mail is gone">Only the latest mails are kept.</EmptyState> : <Mail mail={mail} />}
          </>
        )
      }}
    </Load>
  )
}
