import { paths } from '../../../../_lib/paths.ts'
import { Tabs } from '../../../../_ui/tabs.tsx'

export function CatalogueTabs() {
  return (
    <Tabs
      label="Catalogue"
      tabs={[
        { href: paths.adminCatalogue, label: 'Plans' },
        { href: paths.adminMeters, label: 'Meters' },
      ]}
    />
  )
}
