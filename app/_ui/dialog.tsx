'use client'
import { X } from 'lucide-react'
import { Dialog as Parts } from 'radix-ui'
import { useId, useState, type ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { Field } from './field.tsx'
import { Input } from './inputs.tsx'

type DialogProps = { open: boolean; onOpenChange: (open: boolean) => void; title: string; description?: ReactNode; children: ReactNode }

export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  return (
    <Parts.Root open={open} onOpenChange={onOpenChange}>
      <Parts.Portal>
        <Parts.Overlay className="fixed inset-0 z-40 bg-[#000000]/45" />
        <Parts.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className="fixed inset-x-3 top-[max(12px,12vh)] z-50 mx-auto flex max-h-[80vh] max-w-120 animate-enter flex-col overflow-y-auto rounded-box border border-line bg-raised p-5 shadow-float">
          <div className="mb-4 flex items-start justify-between gap-4">
            <div>
              <Parts.Title className="text-16 font-strong">{title}</Parts.Title>
              {description === undefined ? null : <Parts.Description className="mt-1 text-14 text-muted">{description}</Parts.Description>}
            </div>
            <Parts.Close asChild>
              <IconButton label="Close" size="sm" className="-me-2 -mt-1">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Parts.Close>
          </div>
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  )
}

type ConfirmProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What will happen, to what, and what it does to the bill. */
  children: ReactNode
  /** The act in words: "Delete guestbook". */
  action: string
  danger?: boolean
  /** When given, the person types this name before the button opens. */
  typeName?: string
  busy?: boolean
  onConfirm: () => void
}

export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  action,
  danger = false,
  typeName,
  busy = false,
  onConfirm,
}: ConfirmProps) {
  const [typed, setTyped] = useState('')
  const formId = useId()
  const ready = typeName === undefined || typed.trim() === typeName
  const change = (next: boolean) => {
    setTyped('')
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} title={title}>
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) onConfirm()
        }}>
        <div className="flex flex-col gap-2 text-14 text-muted">{children}</div>
        {typeName === undefined ? null : (
          <Field
            label={
              <>
                Type <bdi className="font-mono">{typeName}</bdi> to confirm
              </>
            }
            required>
            {(control) => (
              <Input
                {...control}
                value={typed}
                autoComplete="off"
                spellCheck={false}
                mono
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => change(false)}>Keep it as it is</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} disabled={!ready} busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
