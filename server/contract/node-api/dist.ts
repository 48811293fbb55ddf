/** What a portal hands to machines: public code, named by its hash. */
import { z } from 'zod'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const DistFile = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)?$/),
  arch: z.enum(['any', 'x64', 'arm64']),
  sha256: Sha256,
  bytes: z.number().int().positive(),
  executable: z.boolean(),
})
export type DistFile = z.infer<typeof DistFile>

/** `GET /node/v1/dist`, one file per line. The hash of these bytes names the release; they are served at `/node/v1/dist/<sha256>` too. */
export const DistManifest = z.object({ version: z.string().max(32), files: z.array(DistFile).min(1).max(50) })
export type DistManifest = z.infer<typeof DistManifest>

/** One file per line, so that a shell can read it. */
export const manifestText = ({ version, files }: DistManifest): string =>
  `{"version":${JSON.stringify(version)},"files":[\n${files.map((file) => JSON.stringify(DistFile.parse(file))).join(',\n')}\n]}\n`

/** What a machine of this kind needs of a release. */
export const filesFor = ({ files }: DistManifest, arch: string): DistFile[] => files.filter((file) => file.arch === 'any' || file.arch === arch)
