'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { makePasskey } from '../../../../_lib/passkey.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC, useTRPCClient } from '../../../../_lib/trpc.tsx'
import type { PasskeyInfo } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../../../_ui/dialog.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { PasskeyNameForm } from './passkey-name-form.tsx'

type Acts = { rename: (key: PasskeyInfo) => void; remove: (key: PasskeyInfo) => void }

const columns = (acts: Acts): ReadonlyArray<Column<PasskeyInfo>> => [
  {
    id: 'name',
    title: 'Name',
    cell: (key) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <bdi>{key.name}</bdi>
        {key.backed_up ? <Badge>synchronised</Badge> : null}
        {key.usable_here ? null : <Badge tone="attention">only at {key.host}</Badge>}
      </span>
    ),
  },
  { id: 'made', title: 'Added', align: 'end', cell: (key) => <TimeAgo value={key.created_at} /> },
  {
    id: 'used',
    title: 'Last used',
    align: 'end',
    cell: (key) => (key.last_used_at === null ? <span className="text-faint">not yet</span> : <TimeAgo value={key.last_used_at} />),
  },
  {
    id: 'acts',
    title: '',
    align: 'end',
    cell: (key) => (
      <span className="inline-flex gap-2">
        <Button size="sm" className="h-7" aria-label={`Rename ${key.name}`} onClick={() => acts.rename(key)}>
          Rename
        </Button>
        <Button size="sm" className="h-7" aria-label={`Remove ${key.name}`} onClick={() => acts.remove(key)}>
          Remove
        </Button>
      </span>
    ),
  },
]

type Shown = { kind: 'add' } | { kind: 'rename' | 'remove'; key: PasskeyInfo }

export function PasskeysSection({ passkeys, onChanged }: { passkeys: readonly PasskeyInfo[]; onChanged: (codes: string[] | null) => void }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [shown, setShown] = useState<Shown | null>(null)
  const done = (codes: string[] | null) => {
    setShown(null)
    onChanged(codes)
  }
  const add = async (name: string) => {
    const { token, options } = await client.account.startPasskey.mutate({})
    const { recovery_codes: codes } = await client.account.addPasskey.mutate({ token, name, registration: await makePasskey(options) })
    done(codes)
  }
  const rename = async (key: PasskeyInfo, name: string) => {
    await client.account.renamePasskey.mutate({ passkey_id: key.id, if_match: key.etag, name })
    done(null)
  }
  const remove = useMutation(trpc.account.removePasskey.mutationOptions({ onSuccess: () => done(null) }))
  const close = () => setShown(null)
  const start = (
    <Button size="sm" look={passkeys.length === 0 ? 'primary' : 'plain'} onClick={() => setShown({ kind: 'add' })}>
      Add a passkey
    </Button>
  )
  return (
    <Section title="Passkeys" hint="Sign in with your fingerprint, face, PIN or security key: no password, no code." action={passkeys.length === 0 ? undefined : start}>
      {passkeys.length === 0 ? (
        <EmptyState title="No passkey yet" action={start}>
          A passkey cannot be guessed, phished or reused elsewhere. It also counts as second factor.
        </EmptyState>
      ) : (
        <Table
          caption="Your passkeys"
          rows={passkeys}
          rowKey={(key) => key.id}
          columns={columns({ rename: (key) => setShown({ kind: 'rename', key }), remove: (key) => setShown({ kind: 'remove', key }) })}
        />
      )}
      {remove.error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(remove.error)} />}
      <Dialog open={shown?.kind === 'add'} onOpenChange={close} title="Add a passkey" description="Name it after where it lives; then your browser asks you to make it.">
        <PasskeyNameForm name="" act="Continue" send={add} />
      </Dialog>
      <Dialog open={shown?.kind === 'rename'} onOpenChange={close} title="Rename the passkey">
        {shown?.kind === 'rename' ? <PasskeyNameForm name={shown.key.name} act="Save name" send={(name) => rename(shown.key, name)} /> : null}
      </Dialog>
      <ConfirmDialog
        open={shown?.kind === 'remove'}
        onOpenChange={close}
        title="Remove the passkey"
        action="Remove the passkey"
        danger
        busy={remove.isPending}
        onConfirm={() => {
          if (shown?.kind === 'remove') remove.mutate({ passkey_id: shown.key.id })
        }}>
        <p>
          <bdi>{shown?.kind === 'remove' ? shown.key.name : ''}</bdi> no longer signs in. Delete it on the device as well: it is of no use there any more.
        </p>
      </ConfirmDialog>
    </Section>
  )
}
