import { listTestMail } from './list-test-mail.ts'
import { sendMail } from './send-mail.ts'

export { consoleOrigin } from './console-origin.ts'
export { setMailPorts, type MailBrand, type MailRenderer, type MailTransport, type OutgoingMail, type RenderedMail } from './ports.ts'
export { queueMail, type MailRequest } from './queue-mail.ts'
export type { MailProps, MailTemplate, SecurityNotice } from './templates.ts'

export { listTestMail }
/** Only in sandbox mode. */
export const sandboxOperations = [listTestMail]
export const operations = []
export const jobs = [sendMail]
