import { PageLoading } from '../_ui/page-loading.tsx'

export default function Loading() {
  return <PageLoading />
}
