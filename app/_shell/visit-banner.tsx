'use client'
import { useMutation } from '@tanstack/react-query'
import { paths } from '../_lib/paths.ts'
import { useTRPC } from '../_lib/trpc.tsx'
import type { Viewer } from '../_lib/wire.ts'
import { Button } from '../_ui/button.tsx'

/** On every page while the operator is in a customer's account: nobody may forget whose it is. */
export function VisitBanner({ viewer }: { viewer: Viewer }) {
  const end = useMutation(useTRPC().visit.end.mutationOptions({ onSuccess: () => window.location.assign(paths.signIn) }))
  const { impersonation, user } = viewer
  if (impersonation === null) return null
  return (
    <aside
      aria-label="Operator visit"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-bad-border bg-bad-surface px-4 py-1.5 text-13 text-bad">
      <span>
        <bdi className="font-strong">{impersonation.by}</bdi> is at work in the account of <bdi className="font-strong">{user.name}</bdi>:{' '}
        <bdi>{impersonation.reason}</bdi>
      </span>
      <Button size="sm" className="h-7" busy={end.isPending} onClick={() => end.mutate({})}>
        Leave
      </Button>
    </aside>
  )
}
