import { paths } from '../../../../_lib/paths.ts'
import { Tabs } from '../../../../_ui/tabs.tsx'

export function InvoiceTabs() {
  return (
    <Tabs
      label="Invoices"
      tabs={[
        { href: paths.adminInvoices, label: 'Invoices' },
        { href: paths.adminAdjustments, label: 'Adjustments' },
        { href: paths.adminSellers, label: 'Sellers' },
      ]}
    />
  )
}
