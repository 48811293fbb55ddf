import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { OrgScope } from '../../_lib/org-context.tsx'
import { requireViewer } from '../../_lib/runtime.ts'
import { DeletionBanner } from '../../_shell/deletion-banner.tsx'
import { portalNav } from '../../_shell/nav-items.ts'
import { Shell } from '../../_shell/shell.tsx'
import { StandingBanner } from '../../_shell/standing-banner.tsx'
import { VisitBanner } from '../../_shell/visit-banner.tsx'
import { OrgSwitcher } from '../../_shell/org-switcher.tsx'

export default async function OrgLayout({ children, params }: { children: ReactNode; params: Promise<{ org: string }> }) {
  const [{ org: slug }, viewer] = await Promise.all([params, requireViewer()])
  const org = viewer.organizations.find((one) => one.slug === slug)
  if (org === undefined) notFound()
  return (
    <OrgScope org={org} viewer={viewer}>
      <VisitBanner viewer={viewer} />
      <Shell
        nav={portalNav(org.slug)}
        navLabel="Organization"
        viewer={viewer}
        switcher={<OrgSwitcher organizations={viewer.organizations} current={org} />}>
        <DeletionBanner />
        <StandingBanner />
        {children}
      </Shell>
    </OrgScope>
  )
}
