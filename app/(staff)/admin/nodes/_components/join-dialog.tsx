'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { count, instant, mebibytes } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeView } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { CommandLine } from '../../../../_ui/copy.tsx'
import { cx } from '../../../../_ui/cx.ts'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { KeyValue } from '../../../../_ui/page.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { labelsText, lookOf, placeOf } from './node-words.ts'
import { PlaceFields, toPlace, type Place } from './place-fields.tsx'

const STEPS = ['Where it stands', 'On the machine', 'It joins'] as const

/** Where in the three steps we are; read out as one sentence. */
function Steps({ at }: { at: number }) {
  return (
    <ol className="mb-5 flex flex-wrap gap-x-4 gap-y-1 text-13" aria-label={`Step ${at + 1} of ${STEPS.length}: ${STEPS[at] ?? ''}`}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === at ? 'step' : undefined} className={cx('flex items-center gap-1.5', index === at ? 'font-strong' : 'text-muted')}>
          <span aria-hidden className={cx('grid size-5 place-items-center rounded-full border text-12', index === at ? 'border-accent text-accent' : 'border-line')}>
            {index < at ? '✓' : index + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  )
}

interface Made { token: string; expires_at: string; join_id: string; command: string }

function Joined({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const labels = labelsText(node.labels)
  return (
    <>
      <Steps at={2} />
      <div className="flex flex-col gap-4" role="status">
        <Status {...lookOf(node)} word={`${node.hostname} joined`} />
        <KeyValue items={[
          ['Stands in', placeOf(node)],
          ...(labels === '' ? [] : [['Labels', labels] as const]),
          ['Offers', `${count(node.vcpu.total)} vCPU, ${mebibytes(node.memory_mib.total)} memory, ${mebibytes(node.disk_mib.total)} disk`],
          ['Isolation', node.isolation === 'hardware' ? 'Hardware (KVM)' : 'Emulated: KVM does not work there'],
          ['Network', node.mesh === null ? 'Not joined with other nodes' : `WireGuard, ${node.mesh.endpoint}`],
          ['Runs', `Agent ${node.agent_version}, Linux ${node.kernel}`],
        ]} />
        {node.isolation === 'emulated' ? (
          <Banner tone="attention">Emulated machines are not kept apart by hardware. In production, only organizations that you marked as trusted are placed there.</Banner>
        ) : null}
      </div>
      <div className="mt-5 flex justify-end">
        <Button look="primary" onClick={onClose}>Done</Button>
      </div>
    </>
  )
}

function Waiting({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <>
      <Steps at={1} />
      <ol className="flex list-decimal flex-col gap-4 ps-5 text-14">
        <li>
          Run this on the new machine: Debian 12 or Ubuntu, x86-64.
          <div className="mt-1.5">
            <CommandLine wrap command={made.command} />
          </div>
        </li>
        <li>
          Give it this token when it asks. It is shown once, works for one machine and ends {instant(made.expires_at)}.
          <div className="mt-1.5">
            <CommandLine command={made.token} label="token" />
          </div>
        </li>
      </ol>
      <p className="mt-5 flex items-center gap-2 text-14" role="status">
        <Status tone="info" busy word="Waiting for the machine" />
      </p>
      <p className="mt-1 text-13 text-muted">It dials out to this console. Only other nodes need to reach it, on UDP port 51820. You may close this: it appears in the list.</p>
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  )
}

function Machine({ made, onAgain, onClose }: { made: Made; onAgain: () => void; onClose: () => void }) {
  const trpc = useTRPC()
  const join = useQuery(trpc.staff.join.queryOptions({ join_id: made.join_id }, { refetchInterval: ({ state }) => (state.data?.state === 'waiting' || state.data === undefined ? 2000 : false) }))
  const node = join.data?.node ?? null
  return (
    <Dialog open onOpenChange={onClose} title="Add a node">
      {node !== null ? <Joined node={node} onClose={onClose} /> : join.data?.state === 'expired' ? (
        <>
          <Banner tone="attention">No machine used the token within its 30 minutes. Make another; the line stays the same.</Banner>
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={onClose}>Close</Button>
            <Button look="primary" onClick={onAgain}>Make a new token</Button>
          </div>
        </>
      ) : <Waiting made={made} onClose={onClose} />}
    </Dialog>
  )
}

/** Where the machine will stand is part of its token. */
export function JoinDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const [place, setPlace] = useState<Place>({ region: 'local', zone: '', labels: '' })
  const join = useMutation(trpc.staff.createJoinToken.mutationOptions())
  if (join.data !== undefined) return <Machine made={join.data} onAgain={() => join.reset()} onClose={onClose} />
  return (
    <FormDialog
      title="Add a node" description="Where the machine stands. It can be changed later." action="Next" busy={join.isPending} error={join.error}
      fields={['region', 'zone', 'labels']} onClose={onClose} onSubmit={() => join.mutate(toPlace(place))}>
      <PlaceFields place={place} onChange={setPlace} error={join.error} />
    </FormDialog>
  )
}
