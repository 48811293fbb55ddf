'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Subscription } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox, RadioCards } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { QuoteLines } from './quote-lines.tsx'

export type WantedChange = {
  action: 'plan' | 'pause' | 'resume' | 'cancel'
  plan_key?: string
  quantity?: number
  interval: string
  title: string
  act: string
  danger?: boolean
  note?: string
}
type When = 'now' | 'period_end'

/** The mutation of each act; the total that was shown goes with it, so that no other figure is charged. */
function usePerform(wanted: WantedChange, onDone: () => void) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { org } = useOrg()
  const onSuccess = (): void => {
    toast(wanted.title)
    void client.invalidateQueries({ queryKey: trpc.subscription.pathKey() })
    void client.invalidateQueries({ queryKey: trpc.billing.pathKey() })
    onDone()
  }
  const change = useMutation(trpc.subscription.change.mutationOptions({ onSuccess }))
  const pause = useMutation(trpc.subscription.pause.mutationOptions({ onSuccess }))
  const resume = useMutation(trpc.subscription.resume.mutationOptions({ onSuccess }))
  const cancel = useMutation(trpc.subscription.cancel.mutationOptions({ onSuccess }))
  const used = { plan: change, pause, resume, cancel }[wanted.action]
  const perform = (when: When, total: number, payFirst: boolean): void => {
    const base = { organization_id: org.id, expected_total: total }
    if (wanted.action === 'pause') pause.mutate(base)
    else if (wanted.action === 'resume') resume.mutate(base)
    else if (wanted.action === 'cancel') cancel.mutate({ ...base, when })
    else {
      const target = { ...(wanted.plan_key ? { plan_key: wanted.plan_key } : {}), ...(wanted.quantity ? { quantity: wanted.quantity } : {}) }
      change.mutate({ ...base, ...target, when, pay_first: payFirst })
    }
  }
  return { perform, busy: used.isPending, error: used.error }
}

/** Shows what a change costs and from when, to the minor unit, before it is confirmed. */
export function ChangeDialog({ wanted, subscription, onClose }: { wanted: WantedChange; subscription: Subscription; onClose: () => void }) {
  const { org } = useOrg()
  const [chosen, setChosen] = useState<When | null>(null)
  const [payFirst, setPayFirst] = useState(false)
  const { action, plan_key: planKey, quantity } = wanted
  const target = { ...(planKey ? { plan_key: planKey } : {}), ...(quantity ? { quantity } : {}) }
  const asked = { organization_id: org.id, action, ...target, ...(chosen ? { when: chosen } : {}) }
  const preview = useQuery(useTRPC().subscription.preview.queryOptions(asked, { staleTime: 0, refetchOnWindowFocus: false, retry: false }))
  const { perform, busy, error } = usePerform(wanted, onClose)
  const timed = action === 'plan' || action === 'cancel'
  return (
    <Dialog open onOpenChange={onClose} title={wanted.title} description={wanted.note}>
      {timed ? (
        <div className="mb-4">
          <RadioCards
            label="When it counts from"
            columns="sm:grid-cols-2"
            value={chosen ?? preview.data?.when ?? ''}
            onChange={(value) => setChosen(value === 'now' ? 'now' : 'period_end')}
            options={[
              { value: 'now', title: 'Now', detail: action === 'cancel' ? 'Apps stop at once' : 'The rest of the period by the day' },
              { value: 'period_end', title: 'At the end of the period', detail: `From ${day(subscription.period.end_day)}` },
            ]}
          />
        </div>
      ) : null}
      <Load query={preview} skeleton={<PanelSkeleton label="Working out the figures" />}>
        {({ quote, replaces, when, payable_first: payable }) => (
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              perform(when, quote.total.amount, payFirst && payable.amount > 0)
            }}>
            {replaces === null ? null : <Banner tone="info">The change that was scheduled before is cancelled.</Banner>}
            <QuoteLines quote={quote} interval={wanted.interval} />
            {payable.amount === 0 ? null : (
              <Checkbox
                checked={payFirst}
                onChange={setPayFirst}
                label={<>Pay <Money value={payable} /> and tax first</>}
                hint="An invoice of its own; the change happens when it is paid, and until then you can take it back."
              />
            )}
            {error === null ? null : <ErrorPanel problem={toProblem(error)} onRetry={() => void preview.refetch()} />}
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={onClose}>Keep it as it is</Button>
              <Button type="submit" look={wanted.danger ? 'danger' : 'primary'} busy={busy}>
                {wanted.act}
              </Button>
            </div>
          </form>
        )}
      </Load>
    </Dialog>
  )
}
