import type { ReactNode } from 'react'
import { PlainShell } from '../../_shell/plain-shell.tsx'

export default function DeviceLayout({ children }: { children: ReactNode }) {
  return <PlainShell>{children}</PlainShell>
}
