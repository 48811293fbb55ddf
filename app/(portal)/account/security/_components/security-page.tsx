'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { askWhoItIs } from '../../../../_lib/reauthentication.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { AccountSecurity } from '../../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { Banner } from '../../../../_ui/status.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { AuthenticatorSection } from './authenticator-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { RecoverySection } from './recovery-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

/** An organization asked for a second factor: what is missing, set up or only prove it. */
function Needed({ security, onChanged }: { security: AccountSecurity; onChanged: () => void }) {
  const enrolled = security.totp.enabled || security.passkeys.length > 0
  if (security.session.mfa) {
    return (
      <Banner tone="good" className="mb-6" action={<ButtonLink size="sm" href={paths.home}>Continue</ButtonLink>}>
        Your second factor is proven in this session.
      </Banner>
    )
  }
  return (
    <Banner
      tone="attention"
      className="mb-6"
      action={
        enrolled ? (
          <Button size="sm" onClick={() => void askWhoItIs().then(onChanged)}>
            Prove it now
          </Button>
        ) : undefined
      }>
      {enrolled
        ? 'Your organization requires a second factor. Prove yours for this session, with a code or a passkey.'
        : 'Your organization requires a second factor. Set up an authenticator app or a passkey below, then go on.'}
    </Banner>
  )
}

export function SecurityPage({ needed }: { needed: boolean }) {
  const security = useQuery(useTRPC().account.security.queryOptions({}))
  const [codes, setCodes] = useState<string[] | null>(null)
  const changed = (fresh: string[] | null = null) => {
    if (fresh !== null) setCodes(fresh)
    void security.refetch()
  }
  return (
    <>
      <Load query={security} skeleton={<PanelSkeleton label="Loading your security" />}>
        {(data) => (
          <>
            {needed ? <Needed security={data} onChanged={() => changed()} /> : null}
            <PasswordSection password={data.password} onChanged={() => changed()} />
            <AuthenticatorSection totp={data.totp} onChanged={changed} />
            <PasskeysSection passkeys={data.passkeys} onChanged={changed} />
            <RecoverySection
              left={data.recovery_codes_left}
              enrolled={data.totp.enabled || data.passkeys.length > 0}
              onCodes={(fresh) => changed(fresh)}
            />
          </>
        )}
      </Load>
      <SessionsSection />
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </>
  )
}
