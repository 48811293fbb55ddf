import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../_lib/paths.ts'
import { requireViewer } from '../../_lib/runtime.ts'
import { PlainShell } from '../../_shell/plain-shell.tsx'
import { PageHeader } from '../../_ui/page.tsx'
import { Tabs } from '../../_ui/tabs.tsx'

/** Holds the page's one `h1` and the way between its parts; each part starts with sections. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireViewer()
  return (
    <PlainShell width="wide">
      <PageHeader
        title="Account"
        above={
          <Link className="link" href={paths.home}>
            Back to your apps
          </Link>
        }
      />
      <div className="mb-6">
        <Tabs
          label="Account"
          tabs={[
            { href: paths.account, label: 'Profile' },
            { href: paths.accountSecurity, label: 'Security', deep: true },
            { href: paths.accountTokens, label: 'Tokens', deep: true },
          ]}
        />
      </div>
      {children}
    </PlainShell>
  )
}
