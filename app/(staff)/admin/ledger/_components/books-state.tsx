'use client'
import { useQuery } from '@tanstack/react-query'
import { plural } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { LedgerFinding } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Panel } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Mark } from '../../../../_ui/status.tsx'

const byRule = (findings: readonly LedgerFinding[]) => Map.groupBy(findings, (finding) => finding.rule)

function Rules({ rules, findings }: { rules: readonly { name: string; meaning: string }[]; findings: readonly LedgerFinding[] }) {
  const broken = byRule(findings)
  return (
    <ul className="mt-3 grid gap-x-8 gap-y-2 text-13 sm:grid-cols-2">
      {rules.map((rule) => {
        const own = broken.get(rule.name) ?? []
        return (
          <li key={rule.name} className="flex min-w-0 gap-2">
            <Mark tone={own.length === 0 ? 'good' : 'bad'} className="mt-1" />
            <div className="min-w-0">
              {rule.meaning}
              <span className="sr-only">{own.length === 0 ? ' It holds.' : ' It does not hold.'}</span>
              {own.slice(0, 5).map((finding) => (
                <p key={finding.subject} className="text-bad">
                  <code>{finding.subject}</code>: {finding.detail}
                </p>
              ))}
              {own.length > 5 ? <p className="text-bad">and {plural(own.length - 5, 'more finding')}</p> : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** Every invariant, proven over all rows just now. */
export function BooksState() {
  const query = useQuery(useTRPC().books.invariants.queryOptions({}, { staleTime: 60_000 }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Checking the books" className="mb-6 h-14" />}>
      {({ ok, rules, findings }) => (
        <Panel className="mb-6">
          {ok ? (
            <p className="flex flex-wrap items-center gap-3">
              <Mark tone="good" />
              <span className="flex-1">The books hold: {plural(rules.length, 'rule')} checked over all rows. They are checked every hour as well.</span>
              <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
                Check again
              </Button>
            </p>
          ) : (
            <Banner tone="bad">
              The books do not hold: {plural(findings.length, 'finding')}. Invoices and payments go on; find the cause before the next month closes.
            </Banner>
          )}
          <details className="mt-2 text-13" open={!ok}>
            <summary className="w-max py-1 text-muted">What is checked</summary>
            <Rules rules={rules} findings={findings} />
          </details>
        </Panel>
      )}
    </Load>
  )
}
