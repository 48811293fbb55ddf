import { AppOverview } from './_components/app-overview.tsx'

export default function Page() {
  return <AppOverview />
}
