import { CatalogPage } from '../_components/catalog-page.tsx'

export default async function Page({ params }: { params: Promise<{ catalog: string }> }) {
  return <CatalogPage id={(await params).catalog} />
}
