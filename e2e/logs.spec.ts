import { readFile } from 'node:fs/promises'
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { startReceiver, type Receiver } from '../server/testing/hook-receiver.ts'
import { becomeCustomer, interfacesSettle, lookAt, PASSWORD, product, tokenOf, visit } from './journey.ts'

const ORG = 'lumber'
const CUSTOMER = { email: 'lum@example.com', name: 'Lum', organization: 'Lumber' }
/** What a page holds of a log, and what is written while one looks on. */
const LINES = 200_000
const FLOOD = process.env.SHELLWEGO_FULL ? 1_500_000 : 150_000
/** A line a second with its number, and three to look for. */
const TALKER = 'echo "listening soon"; echo "ERROR disk is full" >&2; echo "warn: half of it is used"; (i=0; while true; do i=$((i+1)); echo "tick $i"; sleep 1; done) & exec /app/start.sh'
/** Waits to be told; writes as fast as it is read at first, then as fast as it can. */
const FLOODER = `(while [ ! -e /tmp/go ]; do sleep 0.2; done; k=0; while [ $k -lt 80 ]; do seq $((k*2500+1)) $((k*2500+2500)) | sed "s/^/number /"; k=$((k+1)); sleep 0.25; done;
  while [ ! -e /tmp/mad ]; do sleep 0.2; done; yes "a line that nobody wants to read, again and again" | head -n ${FLOOD}; echo "flood is over") & exec /app/start.sh`

interface Line { id: string; at: string; line: string }
/** The lines of a page's log that are drawn. */
const drawn = (page: Page): Promise<string[]> => page.getByRole('region', { name: 'Log' }).locator('time + span').allTextContents()
const ticksOf = (lines: readonly string[]): number[] => lines.flatMap((line) => /^tick (\d+)$/.exec(line)?.[1] ?? []).map(Number)
const consecutive = (numbers: readonly number[]): number[] => numbers.map((_, at) => (numbers[0] ?? 0) + at)

/** Longest time for which the page could not answer, from now on. */
const watchFreezes = (page: Page): Promise<void> => page.evaluate(() => {
  Object.assign(window, { longest: 0 })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) Object.assign(window, { longest: Math.max(duration, (window as unknown as { longest: number }).longest) })
  }).observe({ entryTypes: ['longtask'] })
})
const longestFreeze = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { longest: number }).longest)

test.describe.serial('the log of an app', () => {
  let page: Page
  let api: APIRequestContext
  let headers: Record<string, string>
  let receiver: Receiver
  const ids: Record<string, string> = {}
  const at = (path: string): string => `${product().url}/${ORG}/${path}`
  const rest = (path: string): string => `${product().api}/v1/${path}`

  test.beforeAll(async ({ browser, playwright, request }) => {
    receiver = await startReceiver(23_050)
    api = await playwright.request.newContext()
    page = await (await browser.newContext({ ignoreHTTPSErrors: true, acceptDownloads: true })).newPage()
    await becomeCustomer(page, request, product().url, CUSTOMER)
    headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    for (const [name, script] of [['talker', TALKER], ['flooder', FLOODER]] as const) {
      const made = await api.post(rest('apps'), { headers, data: { name, image: 'builtin/hello:v1', command: ['sh', '-c', script] } })
      expect(made.status(), await made.text()).toBe(201)
      ids[name] = ((await made.json()) as { id: string }).id
    }
    for (const id of Object.values(ids)) {
      await expect.poll(async () => ((await (await api.get(rest(`apps/${id}`), { headers })).json()) as { status: string }).status, { timeout: 120_000 }).toBe('running')
    }
    await interfacesSettle(page)
  })
  test.afterAll(async () => {
    receiver.close()
    await api.dispose()
    await page.context().close()
  })

  const run = async (name: string, ...command: string[]): Promise<void> => {
    const reply = await api.post(rest(`apps/${ids[name]}/exec`), { headers, data: { command } })
    expect(reply.ok(), await reply.text()).toBe(true)
  }

  test('lines come by themselves; a level, an instance or a text narrows them, and the rest is downloaded', async () => {
    await visit(page, at('apps/talker/logs'))
    await expect(page.getByText('ERROR disk is full')).toBeVisible({ timeout: 30_000 })
    const seen = Math.max(...ticksOf(await drawn(page)))
    await expect(page.getByText(`tick ${seen + 4}`, { exact: true })).toBeVisible({ timeout: 20_000 })
    await lookAt(page, 'app-logs')

    await page.getByLabel('Every level').selectOption({ label: 'Warnings and errors' })
    await expect.poll(async () => (await drawn(page)).sort()).toEqual(['ERROR disk is full', 'warn: half of it is used'])
    await page.getByRole('searchbox', { name: 'Search in these lines' }).fill('DISK is')
    await expect.poll(() => drawn(page)).toEqual(['ERROR disk is full'])
    await expect(page.locator('mark')).toHaveText('disk is')
    await expect(page).toHaveURL(/level=warn&q=DISK/)
    await lookAt(page, 'app-logs-search')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download every line that fits' }).click()])
    expect(download.suggestedFilename()).toMatch(/^talker-.*\.log$/)
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^\S+ inst_\S+ ERROR ERROR disk is full\n$/)
    await visit(page, at('apps/talker/logs?q=(a%2B)%2B%24'))
    await expect(page.getByText('No line of this time matches these filters.')).toBeVisible()
  })

  test('a connection that breaks again and again leaves no gap and repeats nothing', async () => {
    const { data } = (await (await api.get(rest(`apps/${ids.talker}/logs?order=oldest&tail=200`), { headers })).json()) as { data: Line[] }
    const frames = data.map((line) => `id: ${line.id}\nevent: line\ndata: ${JSON.stringify(line)}\n\n`)
    let opened = 0
    await page.route(/logs\?.*follow=true/, async (route) => {
      opened += 1
      if (opened > 3) await route.continue()
      else await route.fulfill({ contentType: 'text/event-stream', body: `retry: 200\n\n${frames.slice(opened === 1 ? 0 : opened * 2 - 1, opened * 2 + 2).join('')}` })
    })
    await visit(page, at('apps/talker/logs'))
    await expect.poll(() => opened, { timeout: 30_000 }).toBeGreaterThan(3)
    const newest = Math.max(...ticksOf(data.map((line) => line.line)))
    await expect(page.getByText(`tick ${newest + 3}`, { exact: true })).toBeVisible({ timeout: 20_000 })
    const ticks = ticksOf(await drawn(page))
    expect(ticks).toEqual(consecutive(ticks))
    await page.getByRole('region', { name: 'Log' }).press('Home')
    await expect.poll(async () => (await drawn(page))[0]).toBe(data[0]?.line)
    const first = ticksOf(await drawn(page))
    expect(first).toEqual(consecutive(first))
    expect(first[0]).toBe(1)
    await page.unroute(/logs\?.*follow=true/)
  })

  test('two hundred thousand lines run through the page without holding it up', async () => {
    await visit(page, at('apps/flooder/logs'))
    await expect(page.getByRole('region', { name: 'Log' })).toBeVisible()
    await watchFreezes(page)
    await run('flooder', 'touch', '/tmp/go')
    await expect(page.getByText(`number ${LINES}`, { exact: true })).toBeVisible({ timeout: 120_000 })
    const region = page.getByRole('region', { name: 'Log' })
    await region.press('Home')
    await expect(page.getByText('number 1', { exact: true })).toBeVisible()
    for (const part of [0.25, 0.5, 0.75]) {
      await region.evaluate((element, to) => { element.scrollTop = element.scrollHeight * to }, part)
      await expect.poll(async () => Math.abs(Number(/\d+/.exec((await drawn(page))[20] ?? '')?.[0]) / LINES - part)).toBeLessThan(0.01)
    }
    const held = await longestFreeze(page)
    process.stdout.write(`${LINES} lines in the page: held up for ${Math.round(held)} ms at most\n`)
    expect(held).toBeLessThan(1_500)
    await page.getByRole('button', { name: 'Follow' }).click()
    await expect(page.getByText(`number ${LINES}`, { exact: true })).toBeVisible()
    await lookAt(page, 'app-logs-many')
  })

  test('an app that floods its log delays nobody else\'s lines', async () => {
    const enough = new AbortController()
    const follow = await fetch(rest(`apps/${ids.talker}/logs?follow=true&tail=0`), { headers, signal: enough.signal })
    const underWay: number[] = []
    const ticks: number[] = []
    const reading = (async () => {
      let open = ''
      for await (const chunk of follow.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const frames = (open + chunk).split('\n\n')
        open = frames.pop() ?? ''
        for (const frame of frames) {
          const line = /^data: (.*)$/m.exec(frame)?.[1]
          if (!line || !frame.includes('event: line')) continue
          const { at: written, line: text } = JSON.parse(line) as Line
          underWay.push(Date.now() - Date.parse(written))
          ticks.push(...ticksOf([text]))
        }
      }
    })().catch(() => {})
    await run('flooder', 'touch', '/tmp/mad')
    const over = async () => ((await (await api.get(rest(`apps/${ids.flooder}/logs?search=flood+is+over`), { headers })).json()) as { data: Line[] }).data.length
    await expect.poll(over, { timeout: 180_000, intervals: [1_000] }).toBe(1)
    enough.abort()
    await reading
    // Beside the promptest line: the clock of the sandbox may be weeks ahead of ours.
    const late = Math.max(...underWay) - Math.min(...underWay)
    process.stdout.write(`beside ${FLOOD} lines of another app ${ticks.length} lines came, at most ${late} ms late\n`)
    expect(ticks.length).toBeGreaterThan(4)
    expect(ticks).toEqual(consecutive(ticks))
    expect(late).toBeLessThan(8_000)
  })

  test('a drain is made in the console, tried, fed, and says when its address takes nothing', async () => {
    await visit(page, at('settings/log-drains'))
    await expect(page.getByText('Lines stay here')).toBeVisible()
    await lookAt(page, 'log-drains-empty')
    await page.getByRole('button', { name: 'Add a drain' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add a log drain' })
    await dialog.getByLabel('Name', { exact: true }).fill('Our collector')
    await dialog.getByLabel('Kind').selectOption({ label: 'JSON lines over HTTP' })
    await dialog.getByLabel('App', { exact: true }).selectOption({ label: 'talker' })
    await dialog.getByLabel('Address').fill('http://169.254.169.254/latest/meta-data')
    await dialog.getByRole('button', { name: 'Add it' }).click()
    await expect(dialog.getByText(/not allowed|public/i).first()).toBeVisible()
    await dialog.getByLabel('Address').fill(receiver.url)
    await dialog.getByRole('button', { name: 'Add a header' }).click()
    await dialog.getByLabel('Name of header 1').fill('Authorization')
    await dialog.getByLabel('Value of header 1').fill('Bearer of-mine')
    await lookAt(page, 'log-drains-new')
    await dialog.getByRole('button', { name: 'Add it' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Our collector' })
    await expect(row).toBeVisible()
    await expect(page.getByText('of-mine')).toHaveCount(0)
    await page.getByRole('button', { name: 'More for Our collector' }).click()
    await page.getByRole('menuitem', { name: 'Send a test line' }).click()
    await expect(page.getByText('The test line was taken: 200')).toBeVisible()
    const taken = () => receiver.received.flatMap(({ body }) => body.split('\n').filter(Boolean)).map((line) => (JSON.parse(line) as Line).line)
    await expect.poll(() => ticksOf(taken()).length, { timeout: 30_000 }).toBeGreaterThan(3)
    expect(receiver.received[0]?.headers).toMatchObject({ authorization: 'Bearer of-mine' })
    receiver.set({ status: 500 })
    await expect(row.getByText('takes nothing')).toBeVisible({ timeout: 40_000 })
    await lookAt(page, 'log-drains')
    receiver.set({})
    await expect(row.getByText('active')).toBeVisible({ timeout: 60_000 })
    const ticks = [...new Set(ticksOf(taken()))]
    expect(ticks).toEqual(consecutive(ticks))
    await page.getByRole('button', { name: 'More for Our collector' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await expect(page.getByText('Lines stay here')).toBeVisible()
  })
})
