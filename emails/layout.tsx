/** Frame of every e-mail: brand bar, heading, text, one button, support line. */
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components'
import type { ReactNode } from 'react'
import type { EmailBrand } from './props.ts'

const FONT = 'Inter, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'
const INK = '#17181c'
const MUTED = '#5d6370'

const channel = (color: string, at: number): number => {
  const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** Black or white, whichever reads better on the brand's colour. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const luminance = 0.2126 * channel(color, 1) + 0.7152 * channel(color, 3) + 0.0722 * channel(color, 5)
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff'
}

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={{ fontSize: 14, lineHeight: '22px', color: INK, margin: '0 0 16px' }}>{children}</Text>
}

export function Figure({ children }: { children: ReactNode }) {
  return <Text style={{ fontSize: 28, lineHeight: '34px', fontWeight: 600, color: INK, margin: '0 0 8px' }}>{children}</Text>
}

export function Facts({ rows }: { rows: readonly (readonly [label: string, value: string])[] }) {
  return (
    <Section style={{ margin: '0 0 16px' }}>
      {rows.map(([label, value]) => (
        <Text key={label} style={{ fontSize: 14, lineHeight: '22px', color: INK, margin: 0 }}>
          <span style={{ color: MUTED }}>{label}: </span>{value}
        </Text>
      ))}
    </Section>
  )
}

export function CodeLine({ children }: { children: string }) {
  return (
    <Text style={{ fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: 13, lineHeight: '20px', background: '#f4f5f7', borderRadius: 6, padding: '8px 12px', margin: '0 0 16px', wordBreak: 'break-word' }}>
      {children}
    </Text>
  )
}

export function Action({ brand, href, children }: { brand: EmailBrand; href: string; children: string }) {
  return (
    <Section style={{ margin: '8px 0 24px' }}>
      <Button href={href} style={{ backgroundColor: brand.color, color: inkOn(brand.color), borderRadius: 6, padding: '10px 18px', fontSize: 14, fontWeight: 600, textDecoration: 'none' }}>
        {children}
      </Button>
    </Section>
  )
}

type FrameProps = { brand: EmailBrand; title: string; preview: string; children: ReactNode }

export function Frame({ brand, title, preview, children }: FrameProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head />
      <Preview>{preview}</Preview>
      <Body style={{ margin: 0, padding: '24px 0', backgroundColor: '#f4f5f7', fontFamily: FONT }}>
        <Container style={{ maxWidth: 560, margin: '0 auto', backgroundColor: '#ffffff', border: '1px solid #d9dce3', borderTop: `4px solid ${brand.color}`, borderRadius: 8, padding: '28px 32px' }}>
          <Text style={{ fontSize: 14, fontWeight: 600, color: MUTED, margin: '0 0 20px' }}>{brand.name}</Text>
          <Heading as="h1" style={{ fontSize: 20, lineHeight: '28px', fontWeight: 600, color: INK, margin: '0 0 12px' }}>{title}</Heading>
          {children}
          <Hr style={{ borderColor: '#d9dce3', margin: '8px 0 16px' }} />
          <Text style={{ fontSize: 12, lineHeight: '18px', color: MUTED, margin: 0 }}>
            {brand.name} · <Link href={brand.console_url} style={{ color: MUTED }}>{new URL(brand.console_url).host}</Link>
            {' · '}Questions: <Link href={`mailto:${brand.support_email}`} style={{ color: MUTED }}>{brand.support_email}</Link>
          </Text>
        </Container>
      </Body>
    </Html>
  )
}
