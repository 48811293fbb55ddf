import { isHexColour, onColour } from '../_lib/brand.ts'
import { currentBrand } from '../_lib/runtime.ts'

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The browser tab shows the brand of the host, not the maker of the platform. */
export async function GET(): Promise<Response> {
  const { name, colors } = await currentBrand()
  const fill = isHexColour(colors.accent) ? colors.accent : '#0b6478'
  const letter = name
    .slice(0, 1)
    .toUpperCase()
    .replace(/[&<>"]/, (sign) => escaped[sign] ?? '')
  const body =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${fill}"/>` +
    `<text x="16" y="23" text-anchor="middle" font-family="system-ui,sans-serif" font-size="20" font-weight="600" fill="${onColour(fill)}">${letter}</text></svg>`
  return new Response(body, {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'private, max-age=300', 'content-security-policy': "default-src 'none'" },
  })
}
