/** What a host name looks like to the people who open it. */
export type Brand = {
  name: string
  logo_url: string | null
  colors: { accent: string }
  mode: 'sandbox' | 'production'
  currency: string
  /** How far the clock of business, which the sandbox moves, was ahead of real time when the page was made. */
  clock_ahead_ms: number
}

type Rgb = readonly [number, number, number]
const SURFACES = { light: '#ffffff', lightCanvas: '#f6f6f4', dark: '#232422' } as const

export const isHexColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value)

const parse = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
const print = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
const mix = (from: Rgb, to: Rgb, share: number): Rgb => from.map((part, at) => part + ((to[at] ?? 0) - part) * share) as unknown as Rgb

function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((part) => {
    const unit = part / 255
    return unit <= 0.04045 ? unit / 12.92 : ((unit + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG contrast ratio of two #rrggbb colours. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** The brand's colour, moved towards black or white only as far as the ratio demands. */
function until(accent: string, towards: string, against: string, ratio: number): string {
  for (let share = 0; share < 1; share += 0.04) {
    const candidate = print(mix(parse(accent), parse(towards), share))
    if (contrast(candidate, against) >= ratio) return candidate
  }
  return towards
}

export const onColour = (fill: string): string => (contrast(fill, '#ffffff') >= 4.5 ? '#ffffff' : '#000000')

/** CSS variables of a brand: any accent an operator picks stays readable in light and dark. */
export function brandVariables(accent: string): Record<`--brand-${string}`, string> {
  const fillLight = until(accent, '#000000', SURFACES.lightCanvas, 3)
  const fillDark = until(accent, '#ffffff', SURFACES.dark, 3)
  const textLight = until(accent, '#000000', SURFACES.lightCanvas, 5.4)
  const textDark = until(accent, '#ffffff', SURFACES.dark, 5.4)
  return {
    '--brand-accent': `light-dark(${fillLight}, ${fillDark})`,
    '--brand-on-accent': `light-dark(${onColour(fillLight)}, ${onColour(fillDark)})`,
    '--brand-accent-text': `light-dark(${textLight}, ${textDark})`,
  }
}
