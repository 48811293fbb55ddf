import type { ReactNode } from 'react'
import { PlainShell } from '../_shell/plain-shell.tsx'

export default function PayLayout({ children }: { children: ReactNode }) {
  return <PlainShell width="form">{children}</PlainShell>
}
