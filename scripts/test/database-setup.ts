import type { TestProject } from 'vitest/node'
import { startTestDatabase, type TestServer } from '../db/testing.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `createTestDatabase(inject('testServer'))` gives a test file a database of its own. */
    testServer: TestServer
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startTestDatabase()
  project.provide('testServer', server)
  return stop
}
