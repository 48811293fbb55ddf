import { LogsPage } from '../_components/logs-page.tsx'

export default function Page() {
  return <LogsPage />
}
