import type { ReactNode } from 'react'
import { CatalogueTabs } from './_components/catalogue-tabs.tsx'

export default function CatalogueLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <CatalogueTabs />
      </div>
      {children}
    </>
  )
}
