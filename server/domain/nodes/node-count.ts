import { runtime } from '../../core/runtime.ts'

const FRESH_MS = 10_000
let counted = { nodes: 1, atMs: 0 }

/** How many nodes share this control plane; may be some seconds old. */
export const countNodes = async (): Promise<number> => {
  if (Date.now() - counted.atMs < FRESH_MS) return counted.nodes
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>('SELECT count(*)::int AS n FROM node')
  counted = { nodes: rows[0]?.n ?? 1, atMs: Date.now() }
  return counted.nodes
}
