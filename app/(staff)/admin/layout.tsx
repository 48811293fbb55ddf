import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { requireViewer } from '../../_lib/runtime.ts'
import { staffNav } from '../../_shell/nav-items.ts'
import { Shell } from '../../_shell/shell.tsx'
import { Badge } from '../../_ui/status.tsx'

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer()
  // Whoever may not operate the platform does not learn that this page exists.
  if (!viewer.user.staff) notFound()
  return (
    <Shell
      nav={staffNav}
      navLabel="Platform"
      viewer={viewer}
      switcher={
        <Badge tone="info" className="w-max">
          Operator
        </Badge>
      }>
      {children}
    </Shell>
  )
}
