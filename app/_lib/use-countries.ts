'use client'
import { useSyncExternalStore } from 'react'

type Country = { value: string; label: string }

const HOME: readonly Country[] = [{ value: 'NG', label: 'Nigeria' }]
let named: readonly Country[] | null = null

function nameAll(): readonly Country[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const outside = new Set(['EU', 'EZ', 'UN', 'ZZ', 'XA', 'XB', 'QO'])
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((value) => {
      const label = outside.has(value) ? undefined : names.of(value)
      return label === undefined ? [] : [{ value, label }]
    })
    .sort((a, b) => a.label.localeCompare(b.label))
}

const never = () => () => undefined

/** ISO 3166 codes by name. Server and browser may name one differently, so the server lists only the default. */
export const useCountries = (): readonly Country[] =>
  useSyncExternalStore(
    never,
    () => (named ??= nameAll()),
    () => HOME,
  )
