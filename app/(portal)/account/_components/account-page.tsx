'use client'
import type { Viewer } from '../../../_lib/wire.ts'
import { KeyValue, Panel, Section } from '../../../_ui/page.tsx'
import { ThemeToggle } from '../../../_ui/theme.tsx'
import { EmailSection } from './email-section.tsx'
import { NameForm } from './name-form.tsx'

export function AccountPage({ user }: { user: Viewer['user'] }) {
  return (
    <>
      <Section title="Name" hint="How colleagues and mails address you.">
        <NameForm user={user} />
      </Section>
      <EmailSection email={user.email} />
      <Section title="Appearance">
        <Panel>
          <KeyValue items={[['Theme', <ThemeToggle key="theme" />]]} />
        </Panel>
      </Section>
    </>
  )
}
