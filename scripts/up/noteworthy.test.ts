import { expect, test } from 'vitest'
import { isNoteworthy } from './noteworthy.ts'

test.each([
  '{"level":"info","msg":"started"}',
  '{"level":30,"msg":"started"}',
  '{"level":"warn","logger":"tls","msg":"stapling OCSP"}',
  '2026-11-21 09:33:02.117 UTC [15051] LOG:  database system is ready to accept connections',
  '2026-11-21 09:33:02.117 UTC [15051] FATAL:  the database system is starting up',
  'time="2026-11-21T09:33:01Z" level=error msg="response completed with error"',
  '',
])('routine stays in the log file: %s', (line) => {
  expect(isNoteworthy(line)).toBe(false)
})

test.each([
  '{"level":"error","msg":"no"}',
  '{"level":50,"msg":"no"}',
  '{not json',
  'Error: Cannot find module',
  '2026-11-21 09:33:02.117 UTC [15051] PANIC:  could not write to file',
  'panic: runtime error: invalid memory address',
])('trouble reaches the console: %s', (line) => {
  expect(isNoteworthy(line)).toBe(true)
})
