import { AppSettingsPage } from '../_components/app-settings-page.tsx'

export default function Page() {
  return <AppSettingsPage />
}
