import type { Metadata } from 'next'
import { currencies } from '../../_lib/form-rules.ts'
import { currentBrand, requireViewer } from '../../_lib/runtime.ts'
import { NewOrganizationForm } from './new-organization-form.tsx'

export const metadata: Metadata = { title: 'New organization' }

export default async function NewOrganizationPage() {
  const viewer = await requireViewer()
  const brand = await currentBrand()
  const currency = currencies.find((one) => one.value === brand.currency)?.value ?? 'USD'
  return <NewOrganizationForm first={viewer.organizations.length === 0} currency={currency} />
}
