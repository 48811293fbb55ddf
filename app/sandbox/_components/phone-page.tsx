'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { money } from '../../_lib/format.ts'
import { toProblem } from '../../_lib/problem.ts'
import { getJson, postJson } from '../../_lib/rest.ts'
import type { Money } from '../../_lib/wire.ts'
import { paths } from '../../_lib/paths.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Select } from '../../_ui/inputs.tsx'
import { Load } from '../../_ui/load.tsx'
import { Figure, PageHeader, Panel } from '../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton } from '../../_ui/states.tsx'
import { Banner } from '../../_ui/status.tsx'
import { TimeAgo } from '../../_ui/time.tsx'

type Prompt = { session_id: string; phone: string; amount: Money; reference: string; state: 'waiting' | 'processing'; sent_at: string }
type Answer = { path: 'complete' | 'settle'; body: { outcome: string } | { card: string } }

const KEY = ['sandbox-phone-prompts']
const OTHERS: ReadonlyArray<{ value: string; label: string; answer: Answer }> = [
  { value: 'pin', label: 'Wrong PIN', answer: { path: 'complete', body: { card: '2001' } } },
  { value: 'poor', label: 'Not enough money', answer: { path: 'complete', body: { card: '1' } } },
  { value: 'off', label: 'Phone is off', answer: { path: 'complete', body: { card: '1037' } } },
  { value: 'slow', label: 'PIN entered, result comes later', answer: { path: 'complete', body: { outcome: 'async' } } },
]

function Waiting({ busy, answer }: { busy: boolean; answer: (answer: Answer) => void }) {
  const [other, setOther] = useState(OTHERS[0]?.value ?? '')
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => answer({ path: 'complete', body: { outcome: 'success' } })}>
          Enter the PIN
        </Button>
        <Button disabled={busy} onClick={() => answer({ path: 'complete', body: { outcome: 'decline' } })}>
          Cancel
        </Button>
      </div>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          const chosen = OTHERS.find(({ value }) => value === other)
          if (chosen) answer(chosen.answer)
        }}>
        <Field className="min-w-0 flex-1 basis-56" label="Or else">
          {(control) => <Select {...control} value={other} options={OTHERS.map(({ value, label }) => ({ value,
            label }))} onChange={(event) => setOther(event.target.value)} />}
        </Field>
        <Button type="submit" disabled={busy}>
          Answer so
        </Button>
      </form>
    </>
  )
}

function Processing({ busy, answer }: { busy: boolean; answer: (answer: Answer) => void }) {
  return (
    <>
      <Banner tone="info">The PIN was entered. The result is not there yet.</Banner>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => answer({ path: 'settle', body: { outcome: 'success' } })}>
          Let it be paid
        </Button>
        <Button disabled={busy} onClick={() => answer({ path: 'settle', body: { outcome: 'failure' } })}>
          Let it fail
        </Button>
      </div>
    </>
  )
}

function PromptPanel({ prompt }: { prompt: Prompt }) {
  const client = useQueryClient()
  const send = useMutation({
    mutationFn: ({ path, body }: Answer) => postJson(`/v1/test/checkouts/mpesa/${encodeURIComponent(prompt.session_id)}/${path}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
  const Step = prompt.state === 'waiting' ? Waiting : Processing
  return (
    <Panel className="flex flex-col gap-4 sm:p-6">
      <Figure label={`${prompt.phone} · ${prompt.reference}`} value={money(prompt.amount)} />
      <p className="text-13 text-muted">
        Asked <TimeAgo value={prompt.sent_at} />; a minute later the question goes away.
      </p>
      <Step busy={send.isPending} answer={send.mutate} />
      {send.error === null ? null : <ErrorPanel problem={toProblem(send.error)} />}
    </Panel>
  )
}

/** Every phone of the sandbox on one page: M-Pesa's question, and what its owner answers. */
export function PhonePage() {
  const prompts = useQuery({ queryKey: KEY, refetchInterval: 1500, queryFn: ({ signal }) => getJson<{ data: Prompt[] }>('/v1/test/phone-prompts', signal) })
  return (
    <>
      <PageHeader title="Test phone" facts="M-Pesa asks here. No phone rings and no money moves." />
      <Load query={prompts} skeleton={<PanelSkeleton label="Loading requests" />}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title="Nothing to answer" action={<ButtonLink href={paths.newOrganization}>New organization in KES</ButtonLink>}>
              M-Pesa takes Kenyan shillings. In an organization with that currency, buy credit or end the month, choose M-Pesa, write any number of Kenya,
              as 0712 345 678, and come back here within a minute.
            </EmptyState>
          ) : (
            <div className="flex flex-col gap-4">
              {data.map((prompt) => (
                <PromptPanel key={prompt.session_id} prompt={prompt} />
              ))}
            </div>
          )
        }
      </Load>
    </>
  )
}
