'use client'
import type { SettingChange } from '../_lib/merge-form.ts'
import { Button } from './button.tsx'

const value = (text: string | null) =>
  text === null ? <span className="text-faint">not set</span> : text === '' ? <span className="text-faint">none</span> : <bdi className="wrap-anywhere">{text}</bdi>

/** Shown while somebody else's change stands between what the form was opened with and what it would save. */
type Props = {
  /** As a sentence begins: "The app". */
  what: string
  changes: readonly SettingChange[]
  /** What to say when none of the changes is one this form shows. */
  nothing: string
  onMerge: () => void
  onDiscard: () => void
}

export function ChangedMeanwhile({ what, changes, nothing, onMerge, onDiscard }: Props) {
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-inner border border-attention-border bg-attention-surface p-4">
      <div>
        <p className="font-strong text-attention">{what} was changed while you were editing</p>
        <p className="text-14 text-muted">
          {changes.length === 0
            ? nothing
            : 'Nothing of yours is lost. Take the new state in and keep your own changes, or start again from it.'}
        </p>
      </div>
      {changes.length === 0 ? null : (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="What changed meanwhile">
          <table className="w-full min-w-90 text-start text-13">
            <caption className="sr-only">What changed meanwhile</caption>
            <thead className="text-12 text-muted">
              <tr>
                {['Setting', 'Was', 'Is now', 'Yours'].map((title) => (
                  <th key={title} scope="col" className="pe-3 pb-1 text-start font-strong whitespace-nowrap">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.label} className="border-t border-attention-border align-top">
                  <th scope="row" className="py-1.5 pe-3 text-start font-strong whitespace-nowrap">
                    <bdi>{change.label}</bdi>
                  </th>
                  <td className="py-1.5 pe-3 font-mono">{value(change.was)}</td>
                  <td className="py-1.5 pe-3 font-mono">{value(change.now)}</td>
                  <td className="py-1.5 font-mono">
                    {change.both ? (
                      <>
                        {value(change.yours)} <span className="font-sans text-attention">both changed it; yours stays</span>
                      </>
                    ) : (
                      <span className="font-sans text-muted">becomes the new one</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onMerge}>
          Take it in, keep mine
        </Button>
        <Button onClick={onDiscard}>Start again from the new state</Button>
      </div>
    </div>
  )
}
