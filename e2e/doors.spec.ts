import { expect, test } from '@playwright/test'
import { becomeCustomer, product } from './journey.ts'

const SLUG = 'closed-doors'
const SECRET = 'Closed Doors'

/** Ways by which the guard in front of a page was walked around in other products: headers, data routes, spellings of the path. */
const PATHS = [
  `/${SLUG}/apps`, `//${SLUG}/apps`, `/${SLUG}//apps`, `/./${SLUG}/apps`, `/${SLUG}%2Fapps`, `/%63losed-doors/apps`, `/en/${SLUG}/apps`, `/${SLUG}/apps.rsc`,
  `/${SLUG}/apps?_rsc=1`, `/${SLUG}/apps.segments/_tree.segment.rsc`, `/_next/data/build/${SLUG}/apps.json`, `/${SLUG}/apps/`, `/${SLUG}/settings/members`,
]
const HEADERS: Record<string, string>[] = [
  {}, { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' }, { 'x-middleware-prefetch': '1', 'x-nextjs-data': '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }, { 'x-forwarded-host': 'evil.example', 'x-original-url': `/${SLUG}/apps` },
]

test('no spelling of a page\'s address and no header lets a stranger see into an organization', async ({ page, playwright, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'doors@example.com', name: 'Dora', organization: SECRET })
  const stranger = await playwright.request.newContext({ ignoreHTTPSErrors: true })
  const host = new URL(product().url).host
  for (const path of PATHS) {
    for (const headers of HEADERS) {
      const reply = await stranger.get(`${product().api}${path}`, { headers: { host, ...headers }, maxRedirects: 0 })
      const what = `${path} ${JSON.stringify(headers)}`
      expect(reply.status(), what).toBeLessThan(500)
      expect(await reply.text(), what).not.toContain(SECRET)
      expect(reply.headers()['set-cookie'] ?? '', what).not.toContain('session-token=')
      expect(reply.headers().location ?? '', what).not.toContain('evil.example')
    }
  }
  await stranger.dispose()
})
