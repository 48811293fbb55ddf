/** A DNS label made from a name: ASCII letters, digits and single hyphens, at most 40 characters; `fallback` when nothing remains. */
export const slugOf = (name: string, fallback: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '') || fallback
