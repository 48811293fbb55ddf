import { readFileSync } from 'node:fs'
import https from 'node:https'
import { setInterval as every } from 'node:timers'
import type { RunFile } from '../up/run-file.ts'
import { quantile } from './report.ts'

export interface LoadCount { total: number; failed: number; p50Ms: number; p99Ms: number; maxMs: number; faults: string[] }

const TIMEOUT_MS = 10_000
const KEPT = 8

/**
 * So many requests a second over verified TLS, whether the ones before were answered or not, as visitors do: most over kept connections, every
 * fifth over a new one, every seventh a POST. Each counts; whatever is not 200 within ten seconds has failed.
 */
export class SteadyLoad {
  readonly #run: Pick<RunFile, 'https_port' | 'ca_file'>
  readonly #host: string
  readonly #agent = new https.Agent({ keepAlive: true, maxSockets: KEPT })
  readonly #ca: Buffer
  #times: number[] = []
  #faults: string[] = []
  #asked = 0
  #open = 0
  #timer: NodeJS.Timeout | null = null

  constructor(run: Pick<RunFile, 'https_port' | 'ca_file'>, host: string) {
    this.#run = run
    this.#host = host
    this.#ca = readFileSync(run.ca_file)
  }

  start(perSecond: number): this {
    this.#timer = every(() => void this.#ask(), 1_000 / perSecond)
    return this
  }

  /** What was counted since the start or the last look; requests under way count when they end. */
  take(): LoadCount {
    const [times, faults] = [this.#times, this.#faults]
    this.#times = []
    this.#faults = []
    const [total, failed] = [times.length + faults.length, faults.length]
    return { total, failed, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), maxMs: times.reduce((most, ms) => Math.max(most, ms), 0), faults }
  }

  async stop(): Promise<LoadCount> {
    if (this.#timer) clearInterval(this.#timer)
    while (this.#open > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    this.#agent.destroy()
    return this.take()
  }

  async #ask(): Promise<void> {
    const at = this.#asked += 1
    this.#open += 1
    const start = performance.now()
    try {
      const status = await this.#request(at % 5 === 0 ? false : this.#agent)
      if (status === 200) this.#times.push(performance.now() - start)
      else this.#fail(`answered ${status}`, start)
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error), start)
    }
    this.#open -= 1
  }

  #fail(what: string, start: number): void {
    this.#faults.push(`${new Date().toISOString()} ${what} after ${Math.round(performance.now() - start)} ms`)
  }

  #request(agent: https.Agent | false): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = https.request({
        host: '127.0.0.1', port: this.#run.https_port, servername: this.#host, headers: { host: this.#host }, agent, ca: this.#ca, timeout: TIMEOUT_MS,
      }, (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0)).once('error', reject)
      })
      request.once('error', reject).once('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)))
      request.end()
    })
  }
}
