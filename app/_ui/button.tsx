import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ButtonHTMLAttributes, ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'
type Size = 'md' | 'sm'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:brightness-110 active:brightness-95',
  plain: 'bg-surface text-ink border-line-strong/60 hover:bg-hover',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-bad-fill text-white border-transparent hover:brightness-110 active:brightness-95',
}
const sizes: Record<Size, string> = { md: 'h-9 px-3.5 text-14', sm: 'h-8 px-2.5 text-13' }

export const buttonClass = (look: ButtonLook = 'plain', size: Size = 'md', className?: string): string =>
  cx(
    'inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-inner border font-strong whitespace-nowrap no-underline',
    'transition-[background-color,filter] duration-120 disabled:opacity-55 aria-disabled:opacity-55',
    sizes[size],
    looks[look],
    className,
  )

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: ButtonLook
  size?: Size
  /** The act is under way: shows a spinner and refuses a second press. */
  busy?: boolean
  icon?: ReactNode
}

export function Button({ look, size, busy = false, icon, className, children, type = 'button', disabled, ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={buttonClass(look, size, className)}>
      {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </button>
  )
}

type ButtonLinkProps = ComponentProps<typeof Link> & { look?: ButtonLook; size?: Size; icon?: ReactNode }

export function ButtonLink({ look, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={buttonClass(look, size, className)}>
      {icon}
      {children}
    </Link>
  )
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> & { label: string; size?: Size }

export function IconButton({ label, size = 'md', className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      {...rest}
      className={buttonClass('quiet', size, cx('px-0 text-muted hover:text-ink', size === 'md' ? 'w-9' : 'w-8', className))}>
      {children}
    </button>
  )
}
