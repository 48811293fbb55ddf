const domains = [
  ['events', 'auth', 'quotas'],
  ['orgs', 'branding', 'licensing'],
  ['sso', 'audit', 'nodes', 'catalog', 'tokens', 'roles'],
  ['secrets', 'routes', 'devices'],
  ['domains'],
  ['apps', 'databases'],
  ['volumes', 'networks'],
  ['metrics'],
  ['deployments'],
  ['autoscaling'],
  ['metering'],
  ['billing'],
  ['payments'],
  ['dunning'],
  ['org-deletion'],
  ['reconciliation'],
  ['portal-backups'],
]
const tests = '[.](test|contract|spec)[.]tsx?$|/testing/'

/** A domain may call those before it; news travels up as events. */
const order = domains.flatMap((level, index) => {
  const later = domains.slice(index + 1).flat()
  return later.length === 0 ? [] : [{
    name: `domain-order-${level.join('-')}`,
    severity: 'error',
    from: { path: `^server/domain/(${level.join('|')})/`, pathNot: tests },
    to: { path: `^server/domain/(${later.join('|')})/` },
  }]
})

const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    forbid('not-resolvable', { pathNot: '^(scripts/bench/|app/)' }, { couldNotResolve: true }),
    forbid('contract-is-a-leaf', { path: '^server/contract/', pathNot: tests },
      { pathNot: '^server/contract/|^node_modules/(zod|temporal-polyfill)/', dependencyTypesNot: ['core'] },
      'Wire truth for portal, agent, CLI and e2e: zod and itself only.'),
    forbid('core-below-domain', { path: '^server/core/', pathNot: tests },
      { path: '^(server/(domain|transport|adapters|sandbox|compose)|app|agent|cli|emails)(/|[.])' }),
    forbid('domain-below-transport', { path: '^server/domain/', pathNot: tests },
      { path: '^(server/(transport|adapters|sandbox|compose)|app|agent|cli)(/|[.])' }),
    forbid('adapters-see-ports-only', { path: '^server/adapters/', pathNot: tests },
      { path: '^(server/(domain/(?!.*ports)|transport|compose)|app|agent|cli)(/|[.])' }),
    forbid('transport-below-app', { path: '^server/transport/', pathNot: tests },
      { path: '^(server/adapters|app|agent|cli)/', dependencyTypesNot: ['type-only'] }),
    forbid('pages-carry-no-server', { path: '^app/' },
      { path: '^server/(?!contract/)', dependencyTypesNot: ['type-only'] },
      'Pages import types and the contract; what they need at run time hangs on the process-wide runtime.'),
    forbid('agent-cli-emails-see-the-contract', { path: '^(agent|cli|emails)/', pathNot: tests },
      { path: '^(server/(?!contract/)|app/)' }),
    forbid('agent-is-not-the-cli', { path: '^agent/' }, { path: '^(cli|scripts|emails)/', pathNot: '^scripts/images/' }),
    forbid('prisma-at-home', { path: '^(server|agent|cli|app|emails)/', pathNot: '^server/(core/(db|tenant-scope)|domain/|testing/)|[.]test[.]ts$' },
      { path: '^(node_modules/@prisma/client|prisma/generated)/', dependencyTypesNot: ['type-only'] }),
    forbid('stripe-in-its-adapter', { path: '^(server|agent|cli|app|emails)/', pathNot: `^server/adapters/stripe|${tests}` },
      { path: '^node_modules/stripe/', dependencyTypesNot: ['type-only'] }),
    forbid('no-react-below', { path: '^(server/(contract|core|domain)|agent)/' }, { path: '^node_modules/(next|react|react-dom)/' }),
    forbid('processes-in-drivers', { path: '^(server|agent|cli|app|emails)/', pathNot: `^agent/(drivers|guest)/|${tests}` },
      { path: '^(node:)?child_process$' }),
    ...order,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules/|[.]next/|dist/|[.]data/|prisma/generated/|next-env)' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
}
