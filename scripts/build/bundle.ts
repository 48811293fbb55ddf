import { chmodSync } from 'node:fs'
import path from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { checkout } from '../host/files.ts'
import type { Step } from './stamp.ts'

/** CommonJS packages inside an ES module bundle still call `require`. */
const REQUIRE_BANNER = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

const common = {
  absWorkingDir: checkout,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions

function bundle(name: string, entry: string, options: BuildOptions): Step {
  const outfile = `dist/${name}.js`
  return {
    name,
    inputs: ['package-lock.json', 'scripts/build/bundle.ts', entry],
    outputs: [outfile],
    make: async () => {
      const { metafile } = await build({ ...common, ...options, entryPoints: [entry], outfile })
      chmodSync(path.join(checkout, outfile), 0o755)
      return Object.keys(metafile?.inputs ?? {}).filter((input) => !input.startsWith('node_modules/'))
    },
  }
}

/** A package of many parts, of which the mails use a few: bundled, the others cost no start-up time (1.4 s of imports become 0.6 s). */
const BUNDLED = '@react-email/'

/** Everything else is taken from node_modules, native packages among it. */
const mostPackagesExternal: Plugin = {
  name: 'most-packages-external',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path: name, importer, kind }) => {
      const isBundled = name.startsWith(BUNDLED) || importer.includes(`/node_modules/${BUNDLED}`)
      if (kind === 'entry-point' || (isBundled && !/^(node:|react($|\/)|react-dom($|\/))/.test(name))) return undefined
      return { path: name, external: true }
    })
  },
}

export const serverBundle = bundle('server', 'server/main.ts', { plugins: [mostPackagesExternal], banner: { js: REQUIRE_BANNER } })

/** zod's messages in 48 languages nobody reads here: 3 MB of the agent's memory. English is imported apart from them. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' }))
  },
}

/** Starts in any Node from 20 on: one file of what is used, so that little is read. */
export const cliBundle = bundle('cli', 'cli/main.ts', { plugins: [withoutLocales], banner: { js: REQUIRE_BANNER }, minifySyntax: true, target: 'node20' })

const whole = { plugins: [withoutLocales], banner: { js: REQUIRE_BANNER }, minifySyntax: true } as const satisfies BuildOptions

/** Travels to other machines as one file, with everything in it. */
export const agentBundle = bundle('agent', 'agent/main.ts', whole)

/** Ends strict instances when the agent cannot: travels with it. */
export const fenceBundle = bundle('fence', 'agent/fence/main.ts', {})

/** Something of the agent, built as it is. */
export const buildAsAgent = (entry: string, outfile: string): Promise<unknown> =>
  build({ ...common, ...whole, sourcemap: false, entryPoints: [entry], outfile })
