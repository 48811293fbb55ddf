import type { Metadata } from 'next'
import { requireViewer } from '../../_lib/runtime.ts'
import { NewOrganizationForm } from './new-organization-form.tsx'

export const metadata: Metadata = { title: 'New organization' }

export default async function NewOrganizationPage() {
  const viewer = await requireViewer()
  return <NewOrganizationForm first={viewer.organizations.length === 0} currency="USD" />
}
