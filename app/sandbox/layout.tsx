import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { currentBrand } from '../_lib/runtime.ts'
import { PlainShell } from '../_shell/plain-shell.tsx'

/** Test mail, test clock and fake payments exist only in sandbox mode. */
export default async function SandboxLayout({ children }: { children: ReactNode }) {
  if ((await currentBrand()).mode !== 'sandbox') notFound()
  return <PlainShell width="wide">{children}</PlainShell>
}
