import { paths } from '../../../../_lib/paths.ts'
import { Tabs } from '../../../../_ui/tabs.tsx'

export function DunningTabs() {
  return (
    <Tabs
      label="Dunning"
      tabs={[
        { href: paths.adminDunning, label: 'Customers' },
        { href: paths.adminAgeing, label: 'Ageing' },
        { href: paths.adminDunningPolicy, label: 'Policy' },
      ]}
    />
  )
}
