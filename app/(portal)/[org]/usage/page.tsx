import { redirect } from 'next/navigation'
import { paths } from '../../../_lib/paths.ts'

/** Where it was before it moved into billing. */
export default async function Page({ params, searchParams }: { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string>> }) {
  const search = new URLSearchParams(await searchParams)
  redirect(`${paths.usage((await params).org)}${search.size > 0 ? `?${search}` : ''}`)
}
