/** A fault in a manifest or in the parameters given for it. */
export interface ManifestProblem {
  /** RFC 6901, within the document that was checked. */
  pointer: string
  code: string
  message: string
}

export const pointerTo = (...parts: (string | number)[]): string =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
