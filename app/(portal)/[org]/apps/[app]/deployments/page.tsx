import { DeploymentsPage } from '../_components/deployments-page.tsx'

export default function Page() {
  return <DeploymentsPage />
}
