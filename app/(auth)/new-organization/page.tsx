import type { Metadata } from 'next'
import { currentBrand, requireViewer } from '../../_lib/runtime.ts'
import { NewOrganizationForm } from './new-organization-form.tsx'

export const metadata: Metadata = { title: 'New organization' }

export default async function NewOrganizationPage() {
  const viewer = await requireViewer()
  const brand = await currentBrand()
  return <NewOrganizationForm first={viewer.organizations.length === 0} currency={brand.currency} />
}
