'use client'
import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import { useEffect, useRef } from 'react'

export interface Screen {
  write(bytes: Uint8Array, done: () => void): void
  size(): { columns: number; rows: number }
  focus(): void
}
interface TerminalScreenProps {
  /** Once the screen is there, and null when it goes. */
  onReady: (screen: Screen | null) => void
  onKeys: (bytes: Uint8Array) => void
  onResize: (size: { columns: number; rows: number }) => void
}

const text = new TextEncoder()
const SCROLLBACK = 5000

/** The console's own colours, whichever theme is on. */
const themeOf = (element: HTMLElement) => {
  const { color, backgroundColor } = getComputedStyle(element)
  return { foreground: color, background: backgroundColor, cursor: color, cursorAccent: backgroundColor, selectionBackground: 'rgba(110, 150, 200, 0.4)' }
}

/** xterm.js in the look of the console. Loaded only where a terminal is opened. */
export function TerminalScreen({ onReady, onKeys, onResize }: TerminalScreenProps) {
  const frame = useRef<HTMLDivElement>(null)
  const told = useRef({ onReady, onKeys, onResize })
  useEffect(() => {
    told.current = { onReady, onKeys, onResize }
  })
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const { fontFamily } = getComputedStyle(element)
    const terminal = new Terminal({ fontFamily, fontSize: 13, scrollback: SCROLLBACK, screenReaderMode: true, theme: themeOf(element) })
    const fit = new FitAddon()
    terminal.loadAddon(fit)
    terminal.open(element)
    fit.fit()
    const size = () => ({ columns: terminal.cols, rows: terminal.rows })
    terminal.onData((keys) => told.current.onKeys(text.encode(keys)))
    terminal.onBinary((keys) => told.current.onKeys(Uint8Array.from(keys, (one) => one.charCodeAt(0))))
    terminal.onResize(() => told.current.onResize(size()))
    // Ctrl-Shift-Escape leaves the terminal for the next control: Tab belongs to the shell.
    terminal.attachCustomKeyEventHandler((event) => {
      if (!(event.key === 'Escape' && event.ctrlKey && event.shiftKey)) return true
      if (event.type === 'keydown') document.getElementById('leave-terminal')?.focus()
      return false
    })
    const observer = new ResizeObserver(() => fit.fit())
    observer.observe(element)
    const recolour = () => {
      terminal.options.theme = themeOf(element)
    }
    const themes = new MutationObserver(recolour)
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', recolour)
    told.current.onReady({ write: (bytes, done) => terminal.write(bytes, done), size, focus: () => terminal.focus() })
    return () => {
      told.current.onReady(null)
      observer.disconnect()
      themes.disconnect()
      scheme.removeEventListener('change', recolour)
      terminal.dispose()
    }
  }, [])
  return <div ref={frame} className="size-full overflow-hidden bg-surface font-mono text-ink" />
}
