import type { Domain } from '../../../../_lib/wire.ts'

export type HeaderLines = string
export type PathRow = { path: string; app_id: string; strip_prefix: boolean }
/** As the form holds it; headers are lines as people write them: `Name: value`, or `-Name` to take one away. */
export type RoutingValues = {
  app_id: string; mode: 'serve' | 'redirect'; to: string; status: string; keep_path: boolean; paths: PathRow[]; response: HeaderLines; request: HeaderLines
}
type Rules = Domain['request_headers']

const linesOf = ({ set, remove }: Rules): HeaderLines => [...Object.entries(set).map(([name, value]) => `${name}: ${value}`), ...remove.map((name) => `-${name}`)].join('\n')

export const valuesOf = (domain: Domain): RoutingValues => ({
  app_id: domain.app_id, mode: domain.redirect === null ? 'serve' : 'redirect', to: domain.redirect?.to ?? '', status: String(domain.redirect?.status ?? 308),
  keep_path: domain.redirect?.keep_path ?? true, paths: domain.paths, response: linesOf(domain.response_headers), request: linesOf(domain.request_headers),
})

/** Null where a line is neither. */
export const rulesOf = (lines: HeaderLines): Rules | null => {
  const rules: Rules = { set: {}, remove: [] }
  for (const line of lines.split('\n').map((one) => one.trim()).filter((one) => one !== '')) {
    const [, name, value] = /^([^\s:-][^\s:]*)\s*:\s*(.*)$/.exec(line) ?? []
    const [, gone] = /^-\s*([^\s:]+)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) rules.set[name] = value
    else if (gone !== undefined) rules.remove.push(gone)
    else return null
  }
  return rules
}

const STATUSES = [301, 302, 307, 308] as const
const NO_RULES: Rules = { set: {}, remove: [] }
export const changeOf = (values: RoutingValues) => ({
  app_id: values.app_id, paths: values.paths,
  response_headers: rulesOf(values.response) ?? NO_RULES, request_headers: rulesOf(values.request) ?? NO_RULES,
  redirect: values.mode === 'serve' ? null : { to: values.to.trim(), status: STATUSES.find((one) => String(one) === values.status) ?? 308, keep_path: values.keep_path },
})

/** Where the portal's fault belongs in the form. */
export const renamed = (path: string): string => path.replace(/^redirect\.(\w+)$/, '$1').replace(/^(request|response)_headers.*$/, '$1')
