'use client'
import { ClipboardPaste, Lock, LockOpen, Plus, Trash2 } from 'lucide-react'
import { useState, type ClipboardEvent } from 'react'
import { parseDotenv } from '../../server/contract/dotenv.ts'
import { looksSecret } from '../_lib/dotenv.ts'
import type { EnvEntry } from '../_lib/wire.ts'
import { Button, IconButton } from './button.tsx'
import { cx } from './cx.ts'
import { Field } from './field.tsx'
import { Input, Textarea } from './inputs.tsx'

type EnvEditorProps = { value: readonly EnvEntry[]; onChange: (entries: EnvEntry[]) => void; errors?: ReadonlyMap<number, string> }

const merge = (entries: readonly EnvEntry[], text: string): EnvEntry[] => {
  const kept = new Map(entries.filter((entry) => entry.name !== '').map((entry) => [entry.name, entry]))
  for (const { name, value } of parseDotenv(text)) kept.set(name, { name, value, secret: kept.get(name)?.secret ?? looksSecret(name) })
  return [...kept.values()]
}

type RowProps = {
  entry: EnvEntry
  index: number
  error: string | undefined
  onChange: (entry: EnvEntry) => void
  onRemove: () => void
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void
}

function Row({ entry, index, error, onChange, onRemove, onPaste }: RowProps) {
  const stored = entry.secret && entry.value === null
  return (
    <div
      role="group"
      aria-label={`Variable ${index + 1}`}
      className="grid grid-cols-[minmax(0,1fr)_auto_auto] gap-x-1.5 gap-y-1 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto_auto]">
      <Input
        aria-label="Name"
        placeholder="NAME"
        mono
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={entry.name}
        aria-invalid={error === undefined ? undefined : true}
        onPaste={onPaste}
        onChange={(event) => onChange({ ...entry, name: event.target.value.trim() })}
        className="max-sm:col-span-3"
      />
      <Input
        aria-label="Value"
        mono
        spellCheck={false}
        autoComplete="off"
        type={entry.secret ? 'password' : 'text'}
        value={entry.value ?? ''}
        placeholder={stored ? 'stored, not shown; type to replace' : 'value'}
        onChange={(event) => onChange({ ...entry, value: event.target.value })}
      />
      <IconButton
        label={entry.secret ? 'Secret: never shown again' : 'Plain: shown to members'}
        aria-pressed={entry.secret}
        disabled={stored}
        onClick={() => onChange({ ...entry, secret: !entry.secret })}>
        {entry.secret ? <Lock aria-hidden className="size-4 text-accent-text" /> : <LockOpen aria-hidden className="size-4" />}
      </IconButton>
      <IconButton label={`Remove ${entry.name === '' ? 'this variable' : entry.name}`} onClick={onRemove}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
      {error === undefined ? null : (
        <p role="alert" className="col-span-full text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

/** Name and value rows; a .env file pasted anywhere becomes rows. Secrets are write-only. */
export function EnvEditor({ value, onChange, errors }: EnvEditorProps) {
  const [pasting, setPasting] = useState(false)
  const [text, setText] = useState('')
  const replace = (at: number, entry: EnvEntry) => onChange(value.map((old, index) => (index === at ? entry : old)))
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text')
    if (!pasted.includes('=')) return
    event.preventDefault()
    onChange(merge(value, pasted))
  }
  return (
    <div className="flex flex-col gap-2">
      {value.map((entry, index) => (
        <Row
          key={index}
          entry={entry}
          index={index}
          error={errors?.get(index)}
          onPaste={paste}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => onChange(value.filter((_, at) => at !== index))}
        />
      ))}
      {pasting ? (
        <div className="flex flex-col gap-2">
          <Field label="Contents of a .env file" hint="Names that look like passwords or keys are kept as secrets." required>
            {(control) => (
              <Textarea
                {...control}
                mono
                spellCheck={false}
                value={text}
                placeholder={'DATABASE_URL=postgres://…\nLOG_LEVEL=info'}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <div className="flex gap-2">
            <Button
              size="sm"
              disabled={parseDotenv(text).length === 0}
              onClick={() => {
                onChange(merge(value, text))
                setText('')
                setPasting(false)
              }}>
              Add {parseDotenv(text).length} variables
            </Button>
            <Button size="sm" look="quiet" onClick={() => setPasting(false)}>
              Close
            </Button>
          </div>
        </div>
      ) : null}
      <div className={cx('flex flex-wrap gap-2', pasting && 'hidden')}>
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => onChange([...value, { name: '', value: '', secret: false }])}>
          Add variable
        </Button>
        <Button size="sm" look="quiet" icon={<ClipboardPaste aria-hidden className="size-4" />} onClick={() => setPasting(true)}>
          Paste .env
        </Button>
      </div>
    </div>
  )
}
