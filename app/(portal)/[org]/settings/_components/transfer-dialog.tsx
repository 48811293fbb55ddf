'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Select } from '../../../../_ui/inputs.tsx'
import { ErrorPanel, SkeletonLine } from '../../../../_ui/states.tsx'

export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { org, viewer } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [chosen, setChosen] = useState('')
  const members = useQuery(trpc.orgs.members.queryOptions({ organization_id: org.id, limit: 100 }))
  const others = members.data?.data.filter((one) => one.user_id !== viewer.user.id && one.suspended_at === null)
  const transfer = useMutation(
    trpc.orgs.transfer.mutationOptions({
      onSuccess: (owner) => {
        toast(`${owner.name} owns ${org.name} now`)
        void client.invalidateQueries()
        router.refresh()
        onClose()
      },
    }),
  )
  const problem = transfer.error ?? members.error
  return (
    <Dialog open onOpenChange={onClose} title="Give the ownership away" description="Only they can give it back to you.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== '') transfer.mutate({ organization_id: org.id, user_id: chosen })
        }}>
        {others === undefined ? <SkeletonLine className="w-full" /> : null}
        {others?.length === 0 ? <p className="text-14 text-muted">There is no other member. Invite somebody under Members first.</p> : null}
        {others !== undefined && others.length > 0 ? (
          <Field label="New owner" hint="They may do everything then, also delete the organization. You become an admin." required>
            {(control) => (
              <Select
                {...control}
                value={chosen}
                options={[{ value: '', label: 'Choose a member' }, ...others.map((one) => ({ value: one.user_id, label: `${one.name} (${one.email})` }))]}
                onChange={(event) => setChosen(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {problem === null ? null : <ErrorPanel problem={toProblem(problem)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button type="submit" look="danger" busy={transfer.isPending} disabled={chosen === ''}>
            Transfer ownership
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
