'use client'
import { useState, type ReactNode } from 'react'
import type { CreatedToken, TokenInfo } from '../../_lib/wire.ts'
import { ChangeDialog, type TokenChange } from './change-dialogs.tsx'
import { ShownOnce } from './shown-once.tsx'

type Making = { onCreated: (token: CreatedToken) => void; onClose: () => void }
type Options = {
  /** The dialog in which a token is made. */
  making: (making: Making) => ReactNode
  revoke: (id: string) => Promise<unknown>
  rotate: (id: string) => Promise<CreatedToken>
  onChanged: () => void
}

/** What is done with tokens, whoever's they are: made, seen once, replaced, revoked. */
export function useTokenDialogs({ making, revoke, rotate, onChanged }: Options) {
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<CreatedToken | null>(null)
  const [change, setChange] = useState<TokenChange | null>(null)
  const created = (token: CreatedToken): void => {
    setMaking(false)
    setMade(token)
    onChanged()
  }
  const dialogs = (
    <>
      {isMaking ? making({ onCreated: created, onClose: () => setMaking(false) }) : null}
      {made === null ? null : <ShownOnce token={made} onClose={() => setMade(null)} />}
      {change === null ? null : (
        <ChangeDialog
          change={change} revoke={({ id }) => revoke(id)} rotate={({ id }) => rotate(id)} onRotated={setMade} onDone={onChanged}
          onClose={() => setChange(null)} />
      )}
    </>
  )
  return {
    dialogs,
    make: () => setMaking(true),
    acts: { onRotate: (token: TokenInfo) => setChange({ kind: 'rotate', token }), onRevoke: (token: TokenInfo) => setChange({ kind: 'revoke', token }) },
  }
}
