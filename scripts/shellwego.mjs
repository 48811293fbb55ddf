#!/usr/bin/env node
// The built command starts in this very Node, at once. Where it is missing or behind its sources, those run in the pinned Node.
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { handOver } from './hand-over.mjs'

const root = path.resolve(import.meta.dirname, '..')
const bundle = path.join(root, 'dist/cli.js')
const SOURCES = ['cli', 'server/contract']

function isFresh() {
  const made = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const changedSince = (file) => statSync(file).mtimeMs > made
  return made > 0 && !SOURCES.some((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .some((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name) && changedSince(path.join(entry.parentPath ?? entry.path, entry.name))))
}

// Restoring works with the sources in the checkout, which only the pinned Node runs.
const isLocal = process.argv.slice(2).includes('backup')
if (isFresh() && !isLocal) await import(bundle)
else handOver('../cli/main.ts', process.cwd())
