'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { refusedBecause } from '../_lib/can.ts'
import { plural } from '../_lib/format.ts'
import { useOrg } from '../_lib/org-context.tsx'
import { toProblem } from '../_lib/problem.ts'
import { useTRPC } from '../_lib/trpc.tsx'
import { Button } from '../_ui/button.tsx'
import { Banner } from '../_ui/status.tsx'

/** On every page of an organization that is being deleted: until when, and the way back. */
export function DeletionBanner() {
  const { org } = useOrg()
  const client = useQueryClient()
  const router = useRouter()
  const restore = useMutation(
    useTRPC().orgs.restore.mutationOptions({
      onSuccess: ({ started_apps: started }) => {
        toast(started === 0 ? 'The organization stays' : `The organization stays; ${plural(started, 'app')} starting`)
        void client.invalidateQueries()
        router.refresh()
      },
    }),
  )
  if (org.delete_after === null) return null
  const refused = refusedBecause(org, 'org:delete')
  return (
    <div role="status">
      <Banner
        tone="bad"
        className="mb-6"
        action={
          <Button size="sm" busy={restore.isPending} disabled={refused !== null} title={refused ?? undefined} onClick={() => restore.mutate({ organization_id: org.id })}>
            Undo the deletion
          </Button>
        }>
        <strong className="font-strong">
          <bdi>{org.name}</bdi> will be deleted
        </strong>{' '}
        on <time dateTime={org.delete_after}>{org.delete_after.slice(0, 16).replace('T', ' at ')} UTC</time>. Its apps have stopped and nothing
        can be changed until then.
        {restore.error === null ? null : <span className="block">{toProblem(restore.error).detail}</span>}
      </Banner>
    </div>
  )
}
