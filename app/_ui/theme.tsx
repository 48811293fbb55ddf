'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { cx } from './cx.ts'

const choices = [
  ['system', 'System', Monitor],
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
] as const
export type Theme = (typeof choices)[number][0]

const listeners = new Set<() => void>()
const current = (): Theme => {
  const set = document.documentElement.dataset['theme']
  return set === 'light' || set === 'dark' ? set : 'system'
}

/** The choice lives in a cookie, so that the server paints the right theme at once. */
function choose(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`
  listeners.forEach((listener) => listener())
}

export function ThemeToggle() {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current,
    () => 'system' as const,
  )
  return (
    <div role="radiogroup" aria-label="Theme" className="flex w-max gap-0.5 rounded-inner border border-line p-0.5">
      {choices.map(([value, name, Icon]) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={theme === value}
          aria-label={name}
          title={name}
          onClick={() => choose(value)}
          className={cx(
            'grid h-6 w-7 place-items-center rounded-[4px] text-muted hover:text-ink',
            theme === value && 'bg-sunken text-ink',
          )}>
          <Icon aria-hidden className="size-3.5" />
        </button>
      ))}
    </div>
  )
}
