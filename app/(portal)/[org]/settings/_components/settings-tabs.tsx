'use client'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { Tabs } from '../../../../_ui/tabs.tsx'

export function SettingsTabs() {
  const { slug } = useOrg().org
  return (
    <Tabs
      label="Settings"
      tabs={[
        { href: paths.settings(slug), label: 'General' },
        { href: paths.members(slug), label: 'Members', deep: true },
        { href: paths.roles(slug), label: 'Roles', deep: true },
        { href: paths.security(slug), label: 'Security', deep: true },
        { href: paths.tokens(slug), label: 'Tokens', deep: true },
        { href: paths.secrets(slug), label: 'Secrets', deep: true },
        { href: paths.webhooks(slug), label: 'Webhooks', deep: true },
        { href: paths.logDrains(slug), label: 'Log drains', deep: true },
        { href: paths.backupSettings(slug), label: 'Backups' },
        { href: paths.audit(slug), label: 'Audit log', deep: true },
        { href: paths.terminals(slug), label: 'Terminals' },
      ]}
    />
  )
}
