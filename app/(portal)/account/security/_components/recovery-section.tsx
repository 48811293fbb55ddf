'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'

const FEW = 3

type Props = { left: number; enrolled: boolean; onCodes: (codes: string[]) => void }

export function RecoverySection({ left, enrolled, onCodes }: Props) {
  const [asking, setAsking] = useState(false)
  const renew = useMutation(
    useTRPC().account.regenerateRecoveryCodes.mutationOptions({
      onSuccess: ({ recovery_codes: codes }) => {
        setAsking(false)
        onCodes(codes)
      },
    }),
  )
  return (
    <Section title="Recovery codes" hint="For when the second factor is lost.">
      <Panel className="flex flex-wrap items-center justify-between gap-3">
        {enrolled ? (
          <Status tone={left > FEW ? 'good' : 'attention'} word={left === 0 ? 'None left' : `${plural(left, 'code')} left`} />
        ) : (
          <span className="text-muted">They come with your first second factor.</span>
        )}
        {enrolled ? (
          <Button size="sm" onClick={() => setAsking(true)}>
            Make new codes
          </Button>
        ) : null}
      </Panel>
      {renew.error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(renew.error)} />}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Make new recovery codes"
        action="Make new codes"
        busy={renew.isPending}
        onConfirm={() => renew.mutate({})}>
        <p>The codes you have kept stop working at once.</p>
      </ConfirmDialog>
    </Section>
  )
}
