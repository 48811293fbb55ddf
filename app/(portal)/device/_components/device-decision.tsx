'use client'
import { useMutation } from '@tanstack/react-query'
import { permissionWords } from '../../../_lib/permission-words.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { DeviceRequest } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { KeyValue, Panel } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Banner } from '../../../_ui/status.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

type DecisionProps = { request: DeviceRequest; onAnswer: (answer: 'approved' | 'denied') => void; onBack: () => void }

/** What asks, from where and for what. Everything but the address is what the program says of itself. */
export function DeviceDecision({ request, onAnswer, onBack }: DecisionProps) {
  const trpc = useTRPC()
  const approve = useMutation(trpc.devices.approve.mutationOptions({ onSuccess: () => onAnswer('approved') }))
  const deny = useMutation(trpc.devices.deny.mutationOptions({ onSuccess: () => onAnswer('denied') }))
  const error = approve.error ?? deny.error
  const input = { user_code: request.user_code }
  return (
    <div className="flex flex-col gap-5">
      <Panel>
        <KeyValue
          items={[
            ['Code', <code key="code">{request.user_code}</code>],
            ['Calls itself', <bdi key="name" className="break-all">{request.client_name}</bdi>],
            ['Asked from', <bdi key="ip">{request.ip ?? 'unknown'}</bdi>],
            ['Program', <bdi key="agent" className="break-all">{request.user_agent ?? 'unknown'}</bdi>],
            ['Asked', <TimeAgo key="at" value={request.created_at} />],
            ['Its access lasts', `${request.token_days} days`],
          ]}
        />
      </Panel>
      <div>
        <h2 className="mb-2 text-14 font-strong">It may then</h2>
        {request.scopes.length === 0 ? (
          <p className="text-14">Do everything you may do, in every organization of yours.</p>
        ) : (
          <ul className="list-disc ps-5 text-14">
            {request.scopes.map((scope) => (
              <li key={scope}>{permissionWords[scope]}</li>
            ))}
          </ul>
        )}
      </div>
      <Banner tone="attention">Approve only if you started this yourself, just now, and the code is the one you see there.</Banner>
      {error === null ? null : <ErrorPanel problem={toProblem(error)} />}
      <div className="flex flex-wrap justify-between gap-2">
        <Button onClick={onBack}>Another code</Button>
        <span className="flex flex-wrap gap-2">
          <Button busy={deny.isPending} disabled={approve.isPending} onClick={() => deny.mutate(input)}>
            Refuse
          </Button>
          <Button look="primary" busy={approve.isPending} disabled={deny.isPending} onClick={() => approve.mutate(input)}>
            Approve
          </Button>
        </span>
      </div>
    </div>
  )
}
