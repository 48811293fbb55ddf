/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The image optimiser is attack surface that the console does not need.
  images: { unoptimized: true },
  // Types are checked once, by `npm run check`; the build must not repeat it.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['lucide-react', 'radix-ui', 'recharts'] },
}
