import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma's native schema engine is a download; scripts/schema-engine.mjs is the same engine as WASM from npm.
if (!process.env.PRISMA_NATIVE_ENGINE) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'scripts/schema-engine.mjs')

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://shellwego_owner@127.0.0.1:25432/shellwego' },
})
