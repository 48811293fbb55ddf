'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeView } from '../../../../_lib/wire.ts'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf } from '../../_components/use-act.ts'
import { labelsText } from './node-words.ts'
import { PlaceFields, toPlace, type Place } from './place-fields.tsx'
import { useNodeDone } from './use-node-done.ts'

interface Props { node: NodeView; onClose: () => void }

export function CordonDialog({ node, onClose }: Props) {
  const trpc = useTRPC()
  const [reason, setReason] = useState('')
  const done = useNodeDone(onClose)
  const cordon = useMutation(trpc.staff.cordonNode.mutationOptions({ onSuccess: () => done(`${node.hostname} is cordoned`) }))
  return (
    <FormDialog
      title={`Cordon ${node.hostname}?`} description="Nothing new is placed there. What runs there stays and serves." action="Cordon" busy={cordon.isPending}
      error={cordon.error} fields={['reason']} onClose={onClose}
      onSubmit={() => cordon.mutate({ node_id: node.id, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) })}>
      <Field label="Why" hint="Your colleagues see it." error={faultOf(cordon.error, 'reason')}>
        {(control) => <Input {...control} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

export function PlaceDialog({ node, onClose }: Props) {
  const trpc = useTRPC()
  const [place, setPlace] = useState<Place>({ region: node.region, zone: node.zone, labels: labelsText(node.labels) })
  const done = useNodeDone(onClose)
  const update = useMutation(trpc.staff.updateNode.mutationOptions({ onSuccess: () => done(`${node.hostname} was changed`) }))
  return (
    <FormDialog
      title={`Where ${node.hostname} stands`} description="New instances follow it; what runs there stays." action="Save" busy={update.isPending}
      error={update.error} fields={['region', 'zone', 'labels']} onClose={onClose}
      onSubmit={() => update.mutate({ node_id: node.id, ...toPlace(place), if_match: node.etag })}>
      <PlaceFields place={place} onChange={setPlace} error={update.error} />
    </FormDialog>
  )
}

export function RevokeDialog({ node, onClose }: Props) {
  const trpc = useTRPC()
  const [reason, setReason] = useState('')
  const done = useNodeDone(onClose)
  const revoke = useMutation(trpc.staff.revokeNode.mutationOptions({ onSuccess: () => done(`${node.hostname} is not heard any more`) }))
  return (
    <FormDialog
      title={`Revoke ${node.hostname}?`} action="Revoke" danger busy={revoke.isPending} disabled={reason.trim() === ''} error={revoke.error} fields={['reason']} onClose={onClose}
      description="For a machine that is no longer to be trusted. Its agent gets no work and no secrets from now on; what runs on it runs on there until it is replaced elsewhere."
      onSubmit={() => revoke.mutate({ node_id: node.id, reason: reason.trim() })}>
      <Field label="Why" required hint="Your colleagues see it, and the log of the node." error={faultOf(revoke.error, 'reason')}>
        {(control) => <Input {...control} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

/** The operator's word stands against what nobody can see: it asks for the name, and for how it is known. */
export function DeadDialog({ node, onClose }: Props) {
  const trpc = useTRPC()
  const [form, setForm] = useState({ hostname: '', reason: '' })
  const done = useNodeDone(onClose)
  const declare = useMutation(trpc.staff.declareDead.mutationOptions({ onSuccess: () => done(`${node.hostname} is declared dead`) }))
  return (
    <FormDialog
      title={`Declare ${node.hostname} dead?`} action="Declare it dead" danger busy={declare.isPending} disabled={form.hostname !== node.hostname || form.reason.trim() === ''} error={declare.error}
      fields={['hostname', 'reason']} onClose={onClose}
      description="You vouch that nothing runs on it any more: its power is off, or its disk is out."
      onSubmit={() => declare.mutate({ node_id: node.id, hostname: form.hostname, reason: form.reason.trim() })}>
      <ul className="flex list-disc flex-col gap-1 ps-5 text-14">
        <li>{node.volumes === 0 ? 'It holds no volume: nobody has to do anything.' : `${node.volumes === 1 ? 'The owner of the volume' : `Owners of the ${node.volumes} volumes`} on it may restore the last backup elsewhere, and their apps start there.`}</li>
        <li>Nothing is deleted. When the machine is heard again, the mark goes.</li>
        <li className="text-bad">If the machine still runs, two copies of an app write, each to its own files. Nobody can put those together again: look at it first.</li>
      </ul>
      <Field label="How you know" required hint="Kept in the audit trail." error={faultOf(declare.error, 'reason')}>
        {(control) => <Input {...control} value={form.reason} maxLength={200} onChange={(event) => setForm({ ...form, reason: event.target.value })} />}
      </Field>
      <Field label={`Type ${node.hostname} to go on`} required error={faultOf(declare.error, 'hostname')}>
        {(control) => <Input {...control} mono value={form.hostname} autoComplete="off" onChange={(event) => setForm({ ...form, hostname: event.target.value })} />}
      </Field>
    </FormDialog>
  )
}

/** What is not empty is drained first, and goes at the end of that. */
export function NotEmptyDialog({ node, onDrain, onClose }: Props & { onDrain: () => void }) {
  const what = [...(node.instances === 0 ? [] : [plural(node.instances, 'instance')]), ...(node.volumes === 0 ? [] : [plural(node.volumes, 'volume')])].join(' and ')
  return (
    <ConfirmDialog open onOpenChange={onClose} title={`${node.hostname} is not empty`} action="Drain it, then delete it…" onConfirm={onDrain}>
      <p>{what} {node.instances + node.volumes === 1 ? 'is' : 'are'} still there. A drain starts the instances elsewhere, and deletes the node when nothing is left on it.</p>
      {node.volumes === 0 ? null : <p>Volumes do not move. Their owners delete them, or restore a backup to a new volume, which is made on another machine.</p>}
    </ConfirmDialog>
  )
}

export function DeleteDialog({ node, onClose }: Props) {
  const trpc = useTRPC()
  const done = useNodeDone(onClose)
  const remove = useMutation(trpc.staff.deleteNode.mutationOptions({ onSuccess: () => done(`${node.hostname} was deleted`) }))
  return (
    <ConfirmDialog
      open danger onOpenChange={onClose} title={`Delete ${node.hostname}?`} action="Delete the node" typeName={node.hostname} busy={remove.isPending}
      onConfirm={() => remove.mutate({ node_id: node.id })}>
      <p>It must be empty. Its agent is not heard any more; wipe the machine before you use it for something else.</p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}
