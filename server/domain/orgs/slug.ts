/** First path segments of the console that no organization may take. */
const RESERVED = new Set([
  'admin', 'account', 'sandbox', 'sso', 'sign-in', 'sign-up', 'setup', 'verify-email', 'forgot-password', 'reset-password', 'new-organization', 'api', 'v1', 'docs',
  'health', 'hooks', 'node', 'accept-invitation', 'confirm-email', 'undo-email', 'device', 'cli', 'activate', 'pay',
])

/** A DNS label made from a name: ASCII letters, digits and single hyphens, at most 40 characters; `fallback` when nothing remains. */
export const slugOf = (name: string, fallback: string): string => {
  const slug = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '') || fallback
  return RESERVED.has(slug) ? `${slug}-org` : slug
}
