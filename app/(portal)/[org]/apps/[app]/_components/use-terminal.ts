'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { CLOSE, TERMINAL_PROTOCOL, TICKET_PREFIX, type TerminalTicket } from '../../../../../../server/contract/exec.ts'
import { SessionClient } from '../../../../../../server/contract/session-client.ts'
import type { Ended } from '../../../../../../server/contract/session-wire.ts'
import { toProblem, type Problem } from '../../../../../_lib/problem.ts'
import { useTRPCClient } from '../../../../../_lib/trpc.tsx'
import type { Screen } from '../../../../../_ui/terminal-screen.tsx'

export type TerminalState =
  | { step: 'idle' }
  | { step: 'connecting' | 'open' | 'reconnecting' }
  | { step: 'ended'; ended: Ended }
  | { step: 'failed'; problem: Problem | null }

const RETRY_MS = 1000
const PATIENCE_MS = 55_000

const addressOf = (ticket: Pick<TerminalTicket, 'path'>, from: number, { columns, rows }: { columns: number; rows: number }): string =>
  `${location.origin.replace(/^http/, 'ws')}${ticket.path}?${new URLSearchParams({ from: String(from), columns: String(columns), rows: String(rows) })}`

/** Resolves with the code the connection was closed with. */
const connection = (address: string, ticket: string, client: SessionClient, onOpen: () => void): { over: Promise<number>; close: () => void } => {
  const socket = new WebSocket(address, [TERMINAL_PROTOCOL, `${TICKET_PREFIX}${ticket}`])
  socket.binaryType = 'arraybuffer'
  const over = new Promise<number>((resolve) => {
    socket.onopen = () => {
      client.connect((message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(message)
      })
      onOpen()
    }
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => client.receive(new Uint8Array(event.data))
    socket.onclose = ({ code }) => {
      client.disconnect()
      resolve(code)
    }
  })
  return { over, close: () => socket.close() }
}

interface Wish { app_id: string; instance_id: string; organization_id: string }

/** One terminal: opened on demand, connected again by itself, over when its shell is. */
export function useTerminal(screen: Screen | null) {
  const trpc = useTRPCClient()
  const [state, setState] = useState<TerminalState>({ step: 'idle' })
  const live = useRef<{ client: SessionClient; leave(): void } | null>(null)

  const open = useCallback(async (wish: Wish) => {
    if (screen === null) return
    live.current?.leave()
    setState({ step: 'connecting' })
    let gone = false
    let close = (): void => undefined
    const client = new SessionClient({
      onOutput: (_stream, bytes, done) => screen.write(bytes, done),
      onEnded: (ended) => setState({ step: 'ended', ended }),
    })
    const leave = (): void => {
      gone = true
      client.hangUp()
      close()
    }
    live.current = { client, leave }
    try {
      const first = await trpc.apps.openTerminal.mutate({ ...wish, size: screen.size() })
      let ticket = first
      let since = Date.now()
      while (!gone && !client.ended && Date.now() - since < PATIENCE_MS) {
        const now = connection(addressOf(ticket, client.from, screen.size()), ticket.ticket, client, () => {
          since = Date.now()
          setState({ step: 'open' })
          screen.focus()
        })
        close = now.close
        if ((await now.over) === CLOSE.taken) return setState({ step: 'ended', ended: { reason: 'closed', code: null } })
        if (gone || client.ended) return
        setState({ step: 'reconnecting' })
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
        ticket = await trpc.apps.renewTerminal.mutate({ terminal_id: first.id, organization_id: wish.organization_id }).catch((error: unknown) => {
          if (navigator.onLine && toProblem(error).requestId !== null) throw error
          return ticket
        })
      }
      if (!gone && !client.ended) setState({ step: 'ended', ended: { reason: 'lost', code: null } })
    } catch (error) {
      if (!gone) setState({ step: 'failed', problem: toProblem(error) })
    }
  }, [screen, trpc])

  useEffect(() => () => live.current?.leave(), [])
  return {
    state, open,
    close: () => {
      live.current?.leave()
      setState({ step: 'ended', ended: { reason: 'closed', code: null } })
    },
    write: (bytes: Uint8Array) => live.current?.client.write(bytes),
    resize: (size: { columns: number; rows: number }) => live.current?.client.resize(size),
  }
}
