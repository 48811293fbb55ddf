'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { plural } from '../../../_lib/format.ts'
import { paths } from '../../../_lib/paths.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { Banner } from '../../../_ui/status.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

/** What the hourly watch found last; nothing while the books hold. */
export function BooksBanner() {
  const query = useQuery(useTRPC().books.checks.queryOptions({ limit: 1 }, { refetchInterval: 60_000 }))
  const check = query.data?.data[0]
  if (check === undefined || check.ok) return null
  const rules = [...new Set(check.findings.map((finding) => finding.rule.replaceAll('_', ' ')))]
  return (
    <Banner
      tone="bad"
      className="mb-6"
      action={
        <Link className="link" href={paths.adminLedger}>
          Open the ledger
        </Link>
      }>
      <strong className="font-strong">The books do not hold</strong>: {plural(check.findings.length, 'finding')} (<bdi>{rules.join(', ')}</bdi>), checked{' '}
      <TimeAgo value={check.at} />.
    </Banner>
  )
}
