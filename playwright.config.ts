import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { dataFolder } from './scripts/up/paths.ts'
import { findRunFile } from './scripts/up/run-file.ts'

// Against the product that runs on SHELLWEGO_DATA; `npm test -- e2e` starts one of its own.
const running = findRunFile(dataFolder(process.env))
const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE

export default defineConfig({
  testDir: 'e2e',
  outputDir: path.join(import.meta.dirname, 'test-results'),
  reporter: report ? [['list'], ['json', { outputFile: report }]] : 'list',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  // In this order: the main job begins with the first visit of a new installation; what kills parts of the product comes last.
  projects: [
    { name: 'main job', testMatch: 'main-job.spec.ts' },
    { name: 'journeys', testIgnore: ['main-job.spec.ts', 'survival.spec.ts'] },
    { name: 'survival', testMatch: 'survival.spec.ts' },
  ],
  use: {
    ...(running ? { baseURL: running.url } : {}),
    // The certificate comes from our own authority; one spec checks the chain against it.
    ignoreHTTPSErrors: true,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
    },
  },
})
