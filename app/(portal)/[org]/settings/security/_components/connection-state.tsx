'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { leaveForProvider } from '../../../../../_lib/sso-flow.ts'
import { useTRPC, useTRPCClient } from '../../../../../_lib/trpc.tsx'
import type { SsoConnection } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'

const enforceBlocked = (connection: SsoConnection, proven: boolean, isOwner: boolean, hasFactor: boolean): string | null => {
  if (connection.enforced_at !== null) return null
  if (connection.tested_at === null) return 'Test the connection first: sign in through it once.'
  if (!proven) return 'Prove an e-mail domain below first: only its people can be held to it.'
  if (!isOwner) return 'Only an owner may enforce it: owners keep a way in when the provider fails.'
  return hasFactor ? null : 'Set up your own second factor first: it is your way in when the provider fails.'
}

type Props = { connection: SsoConnection; proven: boolean; refusal: string | null }

function Step({ done, title, children }: { done: boolean; title: string; children: React.ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-60">
        <Status tone={done ? 'good' : 'idle'} word={title} />
      </div>
      {children}
    </li>
  )
}

export function ConnectionState({ connection, proven, refusal }: Props) {
  const { org, viewer } = useOrg()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const cache = useQueryClient()
  const [asking, setAsking] = useState<'enforce' | 'remove' | null>(null)
  const done = async () => {
    setAsking(null)
    await cache.invalidateQueries({ queryKey: trpc.sso.get.queryKey() })
  }
  const close = () => setAsking(null)
  const test = useMutation({
    mutationFn: () => client.sso.test.mutate({ organization_id: org.id, next: paths.security(org.slug) }),
    onSuccess: leaveForProvider,
  })
  const enforce = useMutation(trpc.sso.enforce.mutationOptions({ onSuccess: done, onError: close }))
  const remove = useMutation(
    trpc.sso.remove.mutationOptions({
      onSuccess: async () => {
        await done()
        toast.success('The identity provider is disconnected')
      },
      onError: close,
    }),
  )
  const enforced = connection.enforced_at !== null
  const blocked = refusal ?? enforceBlocked(connection, proven, org.role === 'owner', viewer.user.mfa_enabled)
  const error = test.error ?? enforce.error ?? remove.error
  return (
    <Panel>
      <ol className="divide-y divide-line">
        <Step done title={`Connected to ${new URL(connection.issuer).host}`}>
          <Button size="sm" disabled={refusal !== null} onClick={() => setAsking('remove')}>
            Disconnect
          </Button>
        </Step>
        <Step done={connection.tested_at !== null} title={connection.tested_at === null ? 'Not tested yet' : 'Tested'}>
          {connection.tested_at === null ? null : (
            <span className="text-13 text-muted">
              <TimeAgo value={connection.tested_at} />
            </span>
          )}
          <Button
            size="sm"
            look={connection.tested_at === null ? 'primary' : 'plain'}
            disabled={refusal !== null}
            busy={test.isPending || test.isSuccess}
            onClick={() => test.mutate()}>
            Test sign-in
          </Button>
        </Step>
        <Step done={enforced} title={enforced ? 'The only way in for members of your domains' : 'Offered beside other ways to sign in'}>
          {blocked === null ? null : <span className="text-13 text-muted">{blocked}</span>}
          <Button size="sm" disabled={blocked !== null} busy={enforce.isPending} onClick={() => setAsking('enforce')}>
            {enforced ? 'Stop enforcing' : 'Enforce'}
          </Button>
        </Step>
      </ol>
      {error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(error)} />}
      <ConfirmDialog
        open={asking === 'enforce'}
        onOpenChange={close}
        title={enforced ? 'Stop enforcing single sign-on?' : 'Let members sign in through the provider only?'}
        action={enforced ? 'Stop enforcing' : 'Enforce single sign-on'}
        danger={!enforced}
        busy={enforce.isPending}
        onConfirm={() => enforce.mutate({ organization_id: org.id, enforced: !enforced })}>
        {enforced ? (
          <p>Passwords, sign-in links and passkeys of members of your domains work again.</p>
        ) : (
          <>
            <p>Members of your proven domains are signed out now. Passwords, sign-in links and passkeys stop working for them; personal API tokens stay.</p>
            <p>If the provider fails, an owner still gets in with a password and a second factor. People of other domains are not affected.</p>
          </>
        )}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={close}
        title="Disconnect the identity provider?"
        action="Disconnect"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ organization_id: org.id })}>
        <p>Members keep their accounts and roles. Who never set a password asks for one by &ldquo;Forgot your password?&rdquo;.</p>
      </ConfirmDialog>
    </Panel>
  )
}
