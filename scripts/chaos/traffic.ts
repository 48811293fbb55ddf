import { readFileSync } from 'node:fs'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunFile } from '../up/run-file.ts'

export interface Answer { status: number; body: string }

/** Status 0: no answer. */
export function ask(run: RunFile, host: string, path = '/'): Promise<Answer> {
  return new Promise((resolve) => {
    const request = https.get({
      host: '127.0.0.1', port: run.https_port, path, servername: host, headers: { host }, agent: false, timeout: 20_000, ca: readFileSync(run.ca_file),
    }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => { body += text })
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body })).once('error', () => resolve({ status: 0, body }))
    })
    request.once('error', (error) => resolve({ status: 0, body: error.message })).once('timeout', () => request.destroy(new Error('no answer within 20 s')))
  })
}

export interface Failure { atMs: number; status: number; body: string }
export interface Traffic { sent: number; failures: Failure[]; stop: () => Promise<void> }

/** One visitor who asks ten times a second, each time by a new connection. */
export function visit(run: RunFile, host: string): Traffic {
  let going = true
  const traffic: Traffic = { sent: 0, failures: [], stop: async () => { going = false; await loop } }
  const once = async (): Promise<void> => {
    const atMs = Date.now()
    const { status, body } = await ask(run, host, '/healthz')
    traffic.sent += 1
    if (status !== 200) traffic.failures.push({ atMs, status, body: body.slice(0, 200) })
  }
  const loop = (async () => {
    while (going) {
      await once()
      await sleep(100)
    }
  })()
  return traffic
}
