import type { ReactNode } from 'react'
import { PlainShell } from '../_shell/plain-shell.tsx'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <PlainShell>{children}</PlainShell>
}
