import type { ReactNode } from 'react'
import { PlainShell } from '../../_shell/plain-shell.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <PlainShell wide>{children}</PlainShell>
}
