'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { quotaAmount, quotaTitle } from '../../../../server/contract/quota.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useMeanwhile } from '../../../_lib/use-meanwhile.tsx'
import type { QuotaState, StaffOrganization } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Dialog } from '../../../_ui/dialog.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { Load } from '../../../_ui/load.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../_ui/states.tsx'

const unitOf = (name: QuotaState['name']): string | undefined => (name.endsWith('_mib') ? 'MiB' : undefined)
const whole = /^\d{1,9}$/

type Limits = { data: QuotaState[]; etag: string }
const formOf = ({ data }: Limits): Record<string, string> => Object.fromEntries(data.map((one) => [one.name, one.source === 'operator' ? String(one.limit) : '']))

function LimitsForm({ org, limits, onDone }: { org: StaffOrganization; limits: Limits; onDone: () => void }) {
  const quotas = limits.data
  const trpc = useTRPC()
  const client = useQueryClient()
  const [texts, setTexts] = useState(formOf(limits))
  const faults = quotas.filter(({ name }) => texts[name] !== '' && !whole.test(texts[name] ?? ''))
  const meanwhile = useMeanwhile<Limits, Record<string, string>>(limits, {
    what: 'The limits', labels: Object.fromEntries(quotas.map(({ name }) => [name, quotaTitle(name)])), formOf, mine: () => texts, take: setTexts,
    show: (_, value) => (value === '' ? 'as its plan' : String(value)),
    read: () => client.fetchQuery(trpc.staff.quotas.queryOptions({ organization_id: org.id })),
  })
  const save = useMutation(
    trpc.staff.setQuotas.mutationOptions({
      onError: meanwhile.caught,
      onSuccess: () => {
        toast(`Limits of ${org.name} saved`)
        void client.invalidateQueries({ queryKey: trpc.staff.pathKey() })
        onDone()
      },
    }),
  )
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (faults.length > 0) return
        save.mutate({ organization_id: org.id, if_match: meanwhile.ifMatch, ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text === '' ? null : Number(text)])) })
      }}>
      <div className="grid gap-4 sm:grid-cols-2">
        {quotas.map((one) => (
          <Field
            key={one.name}
            label={quotaTitle(one.name)}
            hint={`${quotaAmount(one.name, one.used)} in use, ${quotaAmount(one.name, one.limit)} allowed`}
            error={faults.includes(one) ? 'Use a whole number, 0 or more.' : undefined}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                placeholder="as its plan"
                after={unitOf(one.name)}
                value={texts[one.name] ?? ''}
                onChange={(event) => setTexts({ ...texts, [one.name]: event.target.value.trim() })}
              />
            )}
          </Field>
        ))}
      </div>
      {save.error === null || meanwhile.panel !== null ? null : <ErrorPanel problem={toProblem(save.error)} />}
      {meanwhile.panel}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending} disabled={faults.length > 0 || meanwhile.isStale}>
          Save limits
        </Button>
      </div>
    </form>
  )
}

/** What the operator allows one organization beyond, or below, its plan. */
function LimitsDialog({ org, onDone }: { org: StaffOrganization; onDone: () => void }) {
  const quotas = useQuery(useTRPC().staff.quotas.queryOptions({ organization_id: org.id }, { refetchOnWindowFocus: false }))
  return (
    <Dialog open onOpenChange={onDone} title={`Limits of ${org.name}`} description="An empty field leaves the limit to the plan. What is above a lower limit keeps running.">
      <Load query={quotas} skeleton={<PanelSkeleton label="Loading limits" />}>
        {(data) => <LimitsForm org={org} limits={data} onDone={onDone} />}
      </Load>
    </Dialog>
  )
}

export function LimitsButton({ org }: { org: StaffOrganization }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" className="h-7" aria-label={`Limits of ${org.name}`} onClick={() => setOpen(true)}>
        Limits
      </Button>
      {open ? <LimitsDialog org={org} onDone={() => setOpen(false)} /> : null}
    </>
  )
}
