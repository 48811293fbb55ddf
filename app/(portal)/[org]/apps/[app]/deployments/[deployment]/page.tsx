import { DeploymentPage } from '../../_components/deployment-page.tsx'

export default async function Page({ params }: { params: Promise<{ deployment: string }> }) {
  return <DeploymentPage id={(await params).deployment} />
}
