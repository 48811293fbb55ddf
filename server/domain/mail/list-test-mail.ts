import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { Instant, toInstant } from '../../contract/time.ts'

const TestMail = z.object({
  id: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string(), links: z.array(z.string()), at: Instant,
})

const linksIn = (text: string): string[] => [...new Set(text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [])]

export const listTestMail = query({
  name: 'sandbox.list_mail',
  summary: 'Mails the sandbox caught, newest first',
  scope: 'public',
  input: z.strictObject({ to: z.string().trim().toLowerCase().max(254).optional() }),
  output: z.object({ data: z.array(TestMail) }),
  rest: { method: 'GET', path: '/test/mail', tag: 'Sandbox' },
  run: async ({ db }, { to }) => {
    const rows = await db.mail.findMany({ where: to ? { to } : {}, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 })
    return {
      data: rows.map((row) => ({
        id: row.id, to: row.to, subject: row.subject, text: row.text, html: row.html, links: linksIn(row.text), at: toInstant(row.createdAt),
      })),
    }
  },
})
