import { MetricsPage } from '../_components/metrics-page.tsx'

export default function Page() {
  return <MetricsPage />
}
