'use client'
import { useState, type ReactNode } from 'react'
import type { FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form'
import { ChangedMeanwhile } from '../_ui/changed-meanwhile.tsx'
import { ErrorPanel } from '../_ui/states.tsx'
import { mergeForm } from './merge-form.ts'
import { toProblem, type Problem } from './problem.ts'

type Options<T, V extends object> = {
  /** As a sentence begins: "The role". */
  what: string
  labels: Readonly<Record<keyof V & string, string>>
  formOf: (thing: T) => V
  mine: () => V
  show?: (name: keyof V & string, value: unknown) => string | null
  /** Asks the server how it is now. */
  read: () => Promise<T>
  /** Puts values into the form, and what it began with: only what differs from that is a change. */
  take: (values: V, from: V) => void
}

/** `take` of a form of react-hook-form. */
export const intoForm = <V extends FieldValues>(form: UseFormReturn<V>) => (values: V, from: V): void => {
  form.reset(from)
  for (const name of Object.keys(values)) form.setValue(name as Path<V>, values[name] as PathValue<V, Path<V>>, { shouldDirty: true })
}

/** It may stand below the fold of a dialog, and it is why the button did nothing. */
const reveal = (panel: HTMLDivElement | null): void => panel?.scrollIntoView({ block: 'nearest' })

/**
 * A form over something that others change too. Send `ifMatch` with the change and give each refusal to `caught`: when somebody was
 * faster, what was typed stays, `panel` says what they changed, and the person decides.
 */
export function useMeanwhile<T extends { etag: string }, V extends object>(opened: T | null, options: Options<T, V>) {
  const [base, setBase] = useState(opened)
  const [latest, setLatest] = useState<T | null>(null)
  const [lost, setLost] = useState<Problem | null>(null)
  const caught = (error: unknown): boolean => {
    if (toProblem(error).code !== 'precondition_failed') return false
    setLost(null)
    options.read().then(setLatest, (failure: unknown) => setLost(toProblem(failure)))
    return true
  }
  const startFrom = (thing: T, values: V): void => {
    setBase(thing)
    setLatest(null)
    options.take(values, options.formOf(thing))
  }
  const panelFor = (thing: T, from: T): ReactNode => {
    const { merged, changes } = mergeForm(options.labels, { base: options.formOf(from), theirs: options.formOf(thing), mine: options.mine() }, options.show)
    return (
      <div ref={reveal}>
        <ChangedMeanwhile
          what={options.what} changes={changes} nothing="Nothing this form shows is different."
          onMerge={() => startFrom(thing, merged)} onDiscard={() => startFrom(thing, options.formOf(thing))} />
      </div>
    )
  }
  const panel = lost !== null ? <ErrorPanel problem={lost} /> : latest === null || base === null ? null : panelFor(latest, base)
  return { base, ifMatch: base?.etag, caught, panel, isStale: latest !== null, saved: setBase }
}
