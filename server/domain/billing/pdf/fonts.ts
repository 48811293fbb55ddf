import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type InvoiceFonts = { readonly regular: Buffer; readonly semiBold: Buffer }

/** Beside this file when run from source, or in the checkout that holds `dist/` when bundled. */
const FOLDERS = [join(import.meta.dirname, 'fonts'), join(import.meta.dirname, '..', 'server', 'domain', 'billing', 'pdf', 'fonts')]

let loaded: InvoiceFonts | undefined

export function invoiceFonts(): InvoiceFonts {
  const folder = FOLDERS.find((candidate) => existsSync(join(candidate, 'Inter-Regular.ttf')))
  if (folder === undefined) throw new Error(`invoice fonts are missing, looked in ${FOLDERS.join(' and ')}`)
  loaded ??= { regular: readFileSync(join(folder, 'Inter-Regular.ttf')), semiBold: readFileSync(join(folder, 'Inter-SemiBold.ttf')) }
  return loaded
}
