'use client'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { roleTitle } from '../../../../../_lib/roles.ts'
import { useTRPC, useTRPCClient } from '../../../../../_lib/trpc.tsx'
import type { ServiceAccountInfo } from '../../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Menu } from '../../../../../_ui/menu.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { TableSkeleton } from '../../../../../_ui/states.tsx'
import { Badge } from '../../../../../_ui/status.tsx'
import { TokensTable } from '../../../../_tokens/tokens-table.tsx'
import { useTokenDialogs } from '../../../../_tokens/use-token-dialogs.tsx'
import { AccountActs, type AccountAct } from './account-acts.tsx'
import { AccountTokenDialog } from './account-token-dialog.tsx'

type PanelProps = { account: ServiceAccountInfo; refused: string | null; onEdit: () => void; onChanged: () => void }

function Head({ account, refused, onEdit, onAct, onNew }: Omit<PanelProps, 'onChanged'> & { onAct: (act: AccountAct) => void; onNew: () => void }) {
  const disabled = refused ?? (account.disabled ? 'Enable the service account first.' : null)
  return (
    <span className="flex items-center gap-2">
      <Button
        size="sm"
        icon={<Plus aria-hidden className="size-4" />}
        disabled={disabled !== null}
        title={disabled ?? undefined}
        aria-label={`New token for ${account.name}`}
        onClick={onNew}>
        New token
      </Button>
      <Menu
        label={`Actions for ${account.name}`}
        items={[
          { kind: 'act', label: 'Change name or role', disabled: refused, onSelect: onEdit },
          { kind: 'act', label: account.disabled ? 'Enable' : 'Disable', disabled: refused, onSelect: () => onAct(account.disabled ? 'enable' : 'disable') },
          { kind: 'act', label: 'Delete', danger: true, disabled: refused, onSelect: () => onAct('delete') },
        ]}
        trigger={
          <IconButton size="sm" label={`Actions for ${account.name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      />
    </span>
  )
}

/** One service account with its tokens. */
export function AccountPanel({ account, refused, onEdit, onChanged }: PanelProps) {
  const { org } = useOrg()
  const client = useTRPCClient()
  const tokens = useQuery(useTRPC().serviceAccounts.tokens.queryOptions({ organization_id: org.id, service_account_id: account.id }))
  const [act, setAct] = useState<AccountAct | null>(null)
  const of = { organization_id: org.id, service_account_id: account.id }
  const { dialogs, make, acts } = useTokenDialogs({
    making: (making) => <AccountTokenDialog account={account} {...making} />,
    revoke: (id) => client.serviceAccounts.revokeToken.mutate({ ...of, token_id: id }),
    rotate: (id) => client.serviceAccounts.rotateToken.mutate({ ...of, token_id: id }),
    onChanged,
  })
  return (
    <Section
      level={3}
      className="mb-0"
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          <bdi>{account.name}</bdi>
          <Badge>{roleTitle(account)}</Badge>
          {account.disabled ? <Badge tone="attention">disabled</Badge> : null}
        </span>
      }
      action={<Head account={account} refused={refused} onEdit={onEdit} onAct={setAct} onNew={make} />}>
      <Load query={tokens} skeleton={<TableSkeleton rows={1} label={`Loading tokens of ${account.name}`} />}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-14 text-muted">It has no tokens, so it cannot do anything yet.</p>
          ) : (
            <TokensTable
              caption={`Tokens of ${account.name}`}
              tokens={data}
              refused={refused}
              {...acts}
            />
          )
        }
      </Load>
      {dialogs}
      {act === null ? null : <AccountActs account={account} act={act} onDone={onChanged} onClose={() => setAct(null)} />}
    </Section>
  )
}
