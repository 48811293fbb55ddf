import Link from 'next/link'
import { paths } from '../_lib/paths.ts'

export function SandboxBanner() {
  return (
    <aside
      aria-label="Sandbox"
      className="flex flex-wrap items-center justify-center gap-x-3 border-b border-attention-border bg-attention-surface px-4 py-1 text-12 text-attention">
      <span>
        <strong className="font-strong">Sandbox</strong>
        <span className="max-sm:sr-only">: payments and mails are not real.</span>
      </span>
      <Link href={paths.sandboxMail} className="underline">
        Test mail
      </Link>
      <Link href={paths.sandboxPhone} className="underline">
        Test phone
      </Link>
      <Link href={paths.sandboxDns} className="underline">
        Test DNS
      </Link>
      <Link href={paths.sandboxClock} className="underline">
        Test clock
      </Link>
    </aside>
  )
}
