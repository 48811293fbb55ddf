'use client'
import type { ReactNode } from 'react'
import { useBrand } from '../../_lib/org-context.tsx'
import { paths } from '../../_lib/paths.ts'
import { ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from './auth-card.tsx'

/** The same words for an address that has no account. */
export function LinkSent({ children, below }: { children: ReactNode; below: ReactNode }) {
  const brand = useBrand()
  return (
    <AuthCard title="Check your mail" intro={<>If an account has this address: {children}</>} below={below}>
      {brand.mode === 'sandbox' ? (
        <ButtonLink look="primary" href={paths.sandboxMail}>
          Open test mail
        </ButtonLink>
      ) : null}
    </AuthCard>
  )
}
