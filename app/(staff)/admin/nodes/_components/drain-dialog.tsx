'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeView } from '../../../../_lib/wire.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field, Fieldset } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf } from '../../_components/use-act.ts'
import { DrainPreview } from './drain-preview.tsx'
import { placeOf } from './node-words.ts'
import { useNodeDone } from './use-node-done.ts'

type Then = 'cordoned' | 'maintenance' | 'removed'
interface Choices { batch: string; minutes: string; force: boolean; leave: boolean; then: Then; destinations: string[] }

const afterwards: ReadonlyArray<{ value: Then; label: string }> = [
  { value: 'cordoned', label: 'Keep it cordoned' },
  { value: 'maintenance', label: 'Maintenance: it may be silent' },
  { value: 'removed', label: 'Delete it from the fleet' },
]

function Destinations({ nodes, chosen, onChange }: { nodes: readonly NodeView[]; chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  if (nodes.length < 2) return null
  return (
    <Fieldset legend="Where to" hint="None chosen: wherever there is room.">
      <div className="grid max-h-56 gap-x-4 gap-y-2 overflow-y-auto sm:grid-cols-2">
        {nodes.map((node) => (
          <Checkbox
            key={node.id} checked={chosen.includes(node.id)} label={<bdi>{node.hostname}</bdi>} hint={placeOf(node)}
            onChange={(checked) => onChange(checked ? [...chosen, node.id] : chosen.filter((id) => id !== node.id))} />
        ))}
      </div>
    </Fieldset>
  )
}

/** New instances first; an old one goes when its successor serves. */
export function DrainDialog({ node, others, then = 'cordoned', onClose }: { node: NodeView; others: readonly NodeView[]; then?: Then; onClose: () => void }) {
  const trpc = useTRPC()
  const [choices, setChoices] = useState<Choices>({ batch: '2', minutes: '60', force: false, leave: false, then, destinations: [] })
  const set = (change: Partial<Choices>) => setChoices({ ...choices, ...change })
  const done = useNodeDone(onClose)
  const drain = useMutation(trpc.staff.drainNode.mutationOptions({ onSuccess: () => done(`${node.hostname} is being drained`) }))
  return (
    <FormDialog
      title={`Drain ${node.hostname}?`} action="Drain" busy={drain.isPending} error={drain.error} fields={['batch', 'deadline_minutes']} onClose={onClose}
      description="Each instance is started elsewhere first and goes when the new one serves. It is tried on paper before anything moves."
      onSubmit={() => drain.mutate({
        node_id: node.id, batch: Number(choices.batch), deadline_minutes: Number(choices.minutes), at_deadline: choices.force ? 'force' : 'give_up',
        volumes: choices.leave ? 'leave' : 'refuse', then: choices.then, destinations: choices.destinations,
      })}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="At once" required hint="One of each app at a time." error={faultOf(drain.error, 'batch')}>
          {(control) => <Input {...control} type="number" min={1} max={50} value={choices.batch} onChange={(event) => set({ batch: event.target.value })} />}
        </Field>
        <Field label="Deadline" required error={faultOf(drain.error, 'deadline_minutes')}>
          {(control) => (
            <Input {...control} type="number" min={1} max={1440} after="minutes" value={choices.minutes} onChange={(event) => set({ minutes: event.target.value })} />
          )}
        </Field>
      </div>
      <Field label="Afterwards" required>
        {(control) => (
          <Select {...control} options={afterwards} value={choices.then} onChange={(event) => set({ then: afterwards.find((a) => a.value === event.target.value)?.value ?? 'cordoned' })} />
        )}
      </Field>
      <Destinations nodes={others.filter((one) => one.status === 'ready' && one.duty === 'active')} chosen={choices.destinations} onChange={(destinations) => set({ destinations })} />
      <DrainPreview node={node} destinations={choices.destinations} />
      <Checkbox
        checked={choices.leave} onChange={(leave) => set({ leave })} label="Leave instances with volumes"
        hint="Their data lies on this machine. Without this, such instances refuse the drain." />
      <Checkbox
        checked={choices.force} onChange={(force) => set({ force })} label="Force at the deadline" hint="What is left is then stopped, also where nothing else serves yet." />
    </FormDialog>
  )
}
