import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test, vi } from 'vitest'
import type { OutgoingMail } from './mailer.ts'
import type { SandboxMail } from './sandbox-mailer.ts'
import { createSandboxMailer, linksOf } from './sandbox-mailer.ts'
import { createSmtpMailer } from './smtp-mailer.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

const PORT = 23_997
const MAIL: OutgoingMail = {
  key: 'invoice_issued:inv_1', from: { name: 'Lagos Cloud', address: 'billing@lagos.example' }, replyTo: 'help@lagos.example', to: 'ada@example.com', subject: 'Invoice ₦ 42',
  html: '<p>Hello <a href="https://x.example/?a=1&amp;b=2">pay</a></p>', text: 'Hello', attachments: [{ filename: 'invoice.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-') }],
}
const running: { close(): unknown }[] = []
afterEach(() => { for (const part of running.splice(0)) part.close() })

async function mailServer(refuse?: number): Promise<string[]> {
  const messages: string[] = []
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], logger: false,
    onRcptTo: (_address, _session, done) => { done(refuse === undefined ? null : Object.assign(new Error('no'), { responseCode: refuse })) },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => { chunks.push(chunk) }).on('end', () => {
        messages.push(Buffer.concat(chunks).toString())
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => { server.listen(PORT, '127.0.0.1', () => { resolve() }) })
  running.push({ close: () => { server.close() } })
  return messages
}
function smtp(port = PORT) {
  const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, messageIdDomain: 'lagos.example' })
  running.unshift(mailer)
  return mailer
}

test('a message arrives whole, and the same key gives the same Message-ID', async () => {
  const messages = await mailServer()
  const mailer = smtp()
  await mailer.send(MAIL)
  await mailer.send(MAIL)
  const [first, second] = await Promise.all(messages.map((raw) => PostalMime.parse(raw)))
  expect(first).toMatchObject({ subject: 'Invoice ₦ 42', from: MAIL.from, to: [{ address: 'ada@example.com' }], replyTo: [{ address: 'help@lagos.example' }] })
  expect(first?.html).toContain('Hello')
  expect(first?.attachments[0]).toMatchObject({ filename: 'invoice.pdf', mimeType: 'application/pdf' })
  expect(first?.messageId).toMatch(/^<[0-9a-f]{32}@lagos\.example>$/)
  expect(second?.messageId).toBe(first?.messageId)
})

test('an address with a line break adds no recipient', async () => {
  const messages = await mailServer()
  await smtp().send({ ...MAIL, to: 'ada@example.com\r\nBcc: eve@example.com' }).catch(() => undefined)
  expect(messages.join('')).not.toMatch(/^Bcc:/im)
})

test('a refusal is final, a busy or absent server is worth a retry', async () => {
  await mailServer(550)
  await expect(smtp().send(MAIL)).rejects.toMatchObject({ code: 'mail_rejected', retryable: false })
  for (const part of running.splice(0)) part.close()
  await expect(smtp(23_996).send(MAIL)).rejects.toMatchObject({ code: 'mail_unavailable', retryable: true })
})

test('the sandbox keeps the message with its links', async () => {
  const kept: SandboxMail[] = []
  await createSandboxMailer({ save: async (mail) => { kept.push(mail) } }).send(MAIL)
  expect(kept).toEqual([{
    key: MAIL.key, to: 'ada@example.com', from: 'Lagos Cloud <billing@lagos.example>', subject: MAIL.subject, text: 'Hello', html: MAIL.html,
    links: ['https://x.example/?a=1&b=2'], attachments: ['invoice.pdf'],
  }])
})

test('links are told once, mail addresses not at all', () => {
  expect(linksOf('<a href="mailto:a@b.c">x</a><a class="y" href="https://a.example">1</a><a href="https://a.example">2</a>')).toEqual(['https://a.example'])
})
