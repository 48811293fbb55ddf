'use client'
import type { ReactNode } from 'react'
import { instant } from '../../../../../_lib/format.ts'
import type { AuditRecord } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Code } from '../../../../../_ui/copy.tsx'
import { Drawer } from '../../../../../_ui/drawer.tsx'
import { KeyValue, Section } from '../../../../../_ui/page.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { ActorName } from './actor-name.tsx'

const shown = (value: unknown): string => (value === null || value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value))

/** `size.before` and `size.after` are one change of `size`; the rest stands alone. */
const changesIn = (data: AuditRecord['data']) => {
  const names = [...new Set(Object.keys(data).flatMap((key) => /^(.+)\.(before|after)$/.exec(key)?.[1] ?? []))]
  const rest = Object.entries(data).filter(([key]) => !/\.(before|after)$/.test(key))
  return { changes: names.map((name) => ({ name, before: shown(data[`${name}.before`]), after: shown(data[`${name}.after`]) })), rest }
}

function Changes({ data }: { data: AuditRecord['data'] }) {
  const { changes, rest } = changesIn(data)
  if (changes.length === 0 && rest.length === 0) return <p className="text-13 text-muted">Nothing more was noted.</p>
  return (
    <div className="flex flex-col gap-3">
      {changes.map(({ name, before, after }) => (
        <div key={name} className="text-13">
          <p className="font-strong">{name}</p>
          <p className="break-all">
            {before === after ? null : (
              <>
                <del className="text-muted">{before}</del> <span aria-hidden>→</span>{' '}
              </>
            )}
            <ins className="no-underline">{after}</ins>
          </p>
        </div>
      ))}
      {rest.length === 0 ? null : <KeyValue items={rest.map(([key, value]) => [key, <bdi key={key} className="break-all">{shown(value)}</bdi>] as const)} />}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Section title={title} level={3} className="mb-6">
      {children}
    </Section>
  )
}

function Facts({ record, onFilter }: { record: AuditRecord; onFilter: (changes: Record<string, string>) => void }) {
  const { actor } = record
  return (
    <>
      {actor.impersonator === null ? null : (
        <Banner tone="attention" className="mb-4">
          The operator&rsquo;s <bdi className="font-strong">{actor.impersonator.name}</bdi> did this in the account shown below.
        </Banner>
      )}
      <Part title="What happened">
        <KeyValue
          items={[
            ['When', <time key="at" dateTime={record.at}>{instant(record.at)}</time>],
            ['Who', <ActorName key="who" actor={actor} />],
            ['On', <Code key="on" copy>{record.subject.id}</Code>],
            ...(actor.token_id === null ? [] : [['By token', <Code key="token" copy>{actor.token_id}</Code>] as const]),
            ['From', <code key="ip" className="text-12">{record.ip ?? 'inside'}</code>],
            ['With', <bdi key="agent" className="text-12 break-all">{record.user_agent ?? 'unknown'}</bdi>],
            ...(record.request_id === null ? [] : [['Request', <Code key="request" copy>{record.request_id}</Code>] as const]),
          ]}
        />
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => onFilter({ subject: record.subject.id })}>
            All on this
          </Button>
          {actor.id === null ? null : (
            <Button size="sm" onClick={() => onFilter({ actor: actor.id ?? '' })}>
              All by this one
            </Button>
          )}
        </div>
      </Part>
      <Part title="Details">
        <Changes data={record.data} />
      </Part>
      <Part title="Place in the chain">
        <KeyValue
          items={[
            ['Entry', `#${record.chain_seq}`],
            ['Hash', <Code key="hash" copy>{record.hash}</Code>],
            ['Follows', <Code key="prev">{record.prev_hash}</Code>],
          ]}
        />
      </Part>
    </>
  )
}

type Props = { record: AuditRecord | null; onClose: () => void; onFilter: (changes: Record<string, string>) => void }

/** One entry in full, beside the list it came from. */
export function RecordDrawer({ record, onClose, onFilter }: Props) {
  return (
    <Drawer open={record !== null} onClose={onClose} title={record?.type ?? ''}>
      {record === null ? null : <Facts record={record} onFilter={onFilter} />}
    </Drawer>
  )
}
