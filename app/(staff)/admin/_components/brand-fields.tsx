'use client'
import { useState } from 'react'
import { BrandMark } from '../../../_ui/brand-mark.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { brandVariables, isHexColour } from '../../../_lib/brand.ts'

type LogoProps = { value: string | null; error: string | undefined; onChange: (logo: string | null) => void }
const LARGEST = 140_000

/** Kept as a data URI, so that a brand needs no other host. */
export function LogoField({ value, error, onChange }: LogoProps) {
  const [refused, setRefused] = useState<string | undefined>()
  const read = (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > LARGEST) {
      setRefused('Choose a file of at most 140 kB.')
      return
    }
    const reader = new FileReader()
    reader.onload = () => {
      setRefused(undefined)
      onChange(typeof reader.result === 'string' ? reader.result : null)
    }
    reader.readAsDataURL(file)
  }
  return (
    <Field
      label="Logo"
      hint="PNG, SVG, WebP or JPEG, at most 140 kB. Without one, the first letter of the name is shown."
      error={refused ?? error}>
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            {...control}
            type="file"
            accept="image/png,image/svg+xml,image/webp,image/jpeg"
            className="h-auto w-auto flex-1 py-1.5 file:me-3 file:rounded-inner file:border file:border-line file:bg-sunken file:px-2"
            onChange={(event) => read(event.target.files?.[0])}
          />
          {value === null ? null : (
            <Button size="sm" onClick={() => onChange(null)}>
              Remove
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}

/** How the brand will look to its customers, in both themes; unreadable colours are moved until they can be read. */
export function BrandPreview({ name, accent, logo }: { name: string; accent: string; logo: string | null }) {
  const variables: Record<string, string> = isHexColour(accent) ? brandVariables(accent) : {}
  // Tokens are settled at the root; inside the page only colours written out follow the theme of one box.
  const ground = { background: 'light-dark(#f6f6f4, #131412)', color: 'light-dark(#1b1b19, #edede8)' }
  return (
    <div className="grid gap-2 sm:grid-cols-2" role="img" aria-label="Preview of the brand in light and dark">
      {(['light', 'dark'] as const).map((theme) => (
        <div
          key={theme}
          data-theme={theme}
          style={{ ...variables, ...ground }}
          className="flex items-center justify-between gap-3 rounded-box border border-line p-3 [--accent:var(--brand-accent)] [--on-accent:var(--brand-on-accent)]">
          <BrandMark brand={{ name: name === '' ? 'Name' : name, logo_url: logo }} />
          <span className="rounded-inner bg-accent px-3 py-1.5 text-13 font-strong text-on-accent">Deploy</span>
        </div>
      ))}
    </div>
  )
}
