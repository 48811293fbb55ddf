'use client'
import type { ReactNode } from 'react'
import { toProblem } from '../_lib/problem.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorPanel } from './states.tsx'

interface FormDialogProps {
  title: string
  description: string
  /** The act in words. */
  action: string
  danger?: boolean
  busy: boolean
  disabled?: boolean
  error: unknown
  /** Fields that show their own fault; others are told above the buttons. */
  fields: readonly string[]
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A question with a few fields and one act. */
export function FormDialog({ title, description, action, danger = false, busy, disabled = false, error, fields, onSubmit, onClose,
  children }: FormDialogProps) {
  const problem = error === null || error === undefined ? null : toProblem(error)
  const told = problem !== null && problem.fields.length > 0 && problem.fields.every((fault) => fields.includes(fault.path))
  return (
    <Dialog open onOpenChange={onClose} title={title} description={description}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!disabled) onSubmit()
        }}>
        {children}
        {problem === null || told ? null : <ErrorPanel problem={problem} />}
        {/* Of a long form too the act is in sight. */}
        <div className="sticky -bottom-5 -mx-5 -mb-5 flex flex-wrap justify-end gap-2 border-t border-line bg-raised px-5 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
