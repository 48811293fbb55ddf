'use client'
import { Ellipsis } from 'lucide-react'
import { permissionWords } from '../../_lib/permission-words.ts'
import { plural } from '../../_lib/format.ts'
import type { TokenInfo } from '../../_lib/wire.ts'
import { IconButton } from '../../_ui/button.tsx'
import { Menu } from '../../_ui/menu.tsx'
import { Badge, Status } from '../../_ui/status.tsx'
import { Table, type Column } from '../../_ui/table.tsx'
import { TimeAgo } from '../../_ui/time.tsx'

const SOON_MS = 7 * 86_400_000

function Limits({ token }: { token: TokenInfo }) {
  const scopes = token.scopes.map((scope) => permissionWords[scope]).join(', ')
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <span title={scopes === '' ? undefined : scopes}>{token.scopes.length === 0 ? 'Everything' : plural(token.scopes.length, 'permission')}</span>
      {token.app_ids.length === 0 ? null : <Badge>only {plural(token.app_ids.length, 'app')}</Badge>}
      {token.ip_allow.length === 0 ? null : (
        <span title={token.ip_allow.join(', ')}>
          <Badge>only {plural(token.ip_allow.length, 'address', 'addresses')}</Badge>
        </span>
      )}
    </span>
  )
}

function Expiry({ token }: { token: TokenInfo }) {
  if (token.status === 'expired') return <Status tone="bad" word="expired" />
  const soon = Date.parse(token.expires_at) - Date.now() < SOON_MS
  return soon ? (
    <span className="text-attention">
      <TimeAgo value={token.expires_at} />
    </span>
  ) : (
    <TimeAgo value={token.expires_at} />
  )
}

function LastUsed({ token }: { token: TokenInfo }) {
  if (token.last_used_at === null) return <span className="text-muted">never</span>
  return (
    <span>
      <TimeAgo value={token.last_used_at} />
      {token.last_used_ip === null ? null : (
        <span className="block text-12 text-muted">
          from <bdi>{token.last_used_ip}</bdi>
        </span>
      )}
    </span>
  )
}

type Acts = { refused: string | null; onRotate: (token: TokenInfo) => void; onRevoke: (token: TokenInfo) => void }

const columns = ({ refused, onRotate, onRevoke }: Acts): ReadonlyArray<Column<TokenInfo>> => [
  {
    id: 'name',
    title: 'Token',
    cell: (token) => (
      <span>
        <bdi className="font-strong">{token.name}</bdi> <code className="text-12 text-muted">…{token.hint}</code>
      </span>
    ),
  },
  { id: 'limits', title: 'May do', cell: (token) => <Limits token={token} /> },
  { id: 'used', title: 'Last used', cell: (token) => <LastUsed token={token} /> },
  { id: 'expires', title: 'Expires', align: 'end', cell: (token) => <Expiry token={token} /> },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (token) => (
      <Menu
        label={`Actions for ${token.name}`}
        items={[
          { kind: 'act', label: 'Replace by a new one', disabled: refused, onSelect: () => onRotate(token) },
          { kind: 'act', label: 'Revoke', danger: true, disabled: refused, onSelect: () => onRevoke(token) },
        ]}
        trigger={
          <IconButton size="sm" label={`Actions for ${token.name}`} className="h-7">
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      />
    ),
  },
]

export function TokensTable({ caption, tokens, ...acts }: Acts & { caption: string; tokens: readonly TokenInfo[] }) {
  return <Table caption={caption} columns={columns(acts)} rows={tokens} rowKey={(token) => token.id} />
}
