'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { count, plural } from '../../../_lib/format.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { KeyState } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../_ui/dialog.tsx'
import { Load } from '../../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../_ui/page.tsx'
import { ProgressBar } from '../../../_ui/progress.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

type WrappingKey = KeyState['keys'][number]
const PROVIDERS: Record<string, string> = { file: 'Key file with passphrase', vault: 'HashiCorp Vault', aws: 'AWS KMS' }
const LOOK_MS = 2_000

const columns = (onRetire: (id: string) => void, mayRetire: boolean): ReadonlyArray<Column<WrappingKey>> => [
  {
    id: 'key',
    title: 'Wrapping key',
    cell: (key) => (
      <>
        <code className="break-all">{key.id}</code> {key.current ? <Badge tone="good">current</Badge> : key.retired_at === null ? null : <Badge tone="idle">retired</Badge>}
      </>
    ),
  },
  { id: 'data', title: 'Data keys under it', align: 'end', cell: (key) => count(key.data_keys) },
  { id: 'since', title: 'Since', align: 'end', cell: (key) => (key.created_at === null ? 'not used yet' : <TimeAgo value={key.created_at} />) },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (key) =>
      key.current || key.retired_at !== null ? null : (
        <Button
          size="sm" className="h-7" disabled={!mayRetire} title={mayRetire ? undefined : 'Data keys are still under an old key.'}
          aria-label={`Retire ${key.id}`} onClick={() => onRetire(key.id)}>
          Retire
        </Button>
      ),
  },
]

function Progress({ rewrap }: { rewrap: KeyState['rewrap'] }) {
  if (rewrap.state === 'none') return null
  return (
    <Panel className="mb-4 flex flex-col gap-2">
      <p className="font-strong">{rewrap.state === 'running' ? 'Moving the data keys under the new key' : 'The last rotation is complete'}</p>
      <ProgressBar label="Data keys moved" value={rewrap.done} max={rewrap.total} />
      <p className="text-13 text-muted">
        {count(rewrap.done)} of {plural(rewrap.total, 'data key')} moved
        {rewrap.remaining > 0 ? `, ${count(rewrap.remaining)} to go` : ''}
        {rewrap.finished_at === null ? '' : <> <TimeAgo value={rewrap.finished_at} /></>}
      </p>
    </Panel>
  )
}

function Keys({ state }: { state: KeyState }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [rotating, setRotating] = useState(false)
  const [retiring, setRetiring] = useState<string | null>(null)
  const told = (message: string) => ({
    onSuccess: (next: KeyState) => {
      toast(message)
      client.setQueryData(trpc.staff.keys.queryKey({}), next)
      setRotating(false)
      setRetiring(null)
    },
  })
  const rotate = useMutation(trpc.staff.rotateKeys.mutationOptions(told('A new key wraps from now on')))
  const retire = useMutation(trpc.staff.retireKey.mutationOptions(told('The key is retired')))
  const running = state.rewrap.state === 'running'
  return (
    <>
      <Panel className="mb-4">
        <KeyValue
          items={[
            ['Kept by', PROVIDERS[state.provider] ?? state.provider],
            ['Current key', <code key="id" className="break-all">{state.current_key_id}</code>],
            ['Data keys', `${count(state.data_keys.total)}${state.data_keys.replaced > 0 ? `, of which ${count(state.data_keys.replaced)} replaced` : ''}`],
          ]}
        />
      </Panel>
      <Progress rewrap={state.rewrap} />
      <Section
        title="Wrapping keys" hint="Each organization's secrets are encrypted under a data key of its own; these keys encrypt the data keys."
        action={
          <Button look="primary" disabled={running} title={running ? 'A rotation is under way.' : undefined} onClick={() => setRotating(true)}>
            Rotate
          </Button>
        }>
        <Table caption="Wrapping keys" columns={columns(setRetiring, state.rewrap.remaining === 0)} rows={state.keys} rowKey={(key) => key.id} />
      </Section>
      <ConfirmDialog open={rotating} onOpenChange={setRotating} title="Rotate the wrapping key?" action="Rotate" busy={rotate.isPending} onConfirm={() => rotate.mutate({})}>
        A new key is made and every data key moves under it, while everything goes on. Back up the new key before you retire the old one.
        {rotate.error === null ? null : <ErrorPanel problem={toProblem(rotate.error)} />}
      </ConfirmDialog>
      <ConfirmDialog
        open={retiring !== null} onOpenChange={() => setRetiring(null)} title="Retire this key for ever?" action="Retire it" danger busy={retire.isPending}
        onConfirm={() => retiring !== null && retire.mutate({ key_id: retiring })}>
        Backups of the database that still need it cannot be read afterwards.
        {retire.error === null ? null : <ErrorPanel problem={toProblem(retire.error)} />}
      </ConfirmDialog>
    </>
  )
}

/** Where the keys of all secrets come from, and their rotation. */
export function KeysPage() {
  const trpc = useTRPC()
  const query = useQuery(trpc.staff.keys.queryOptions({}, { refetchInterval: ({ state }) => (state.data?.rewrap.state === 'running' ? LOOK_MS : false) }))
  return (
    <>
      <PageHeader title="Keys" facts="What protects the secrets of every organization." />
      <Load query={query} skeleton={<PanelSkeleton label="Loading keys" />}>
        {(state) => <Keys state={state} />}
      </Load>
    </>
  )
}
