import { redirect } from 'next/navigation'
import { paths } from './_lib/paths.ts'
import { requireViewer } from './_lib/runtime.ts'

export default async function Home() {
  const viewer = await requireViewer()
  const first = viewer.organizations[0]
  if (first !== undefined) redirect(paths.apps(first.slug))
  redirect(viewer.user.staff ? paths.admin : paths.newOrganization)
}
