import type { App } from './wire.ts'

export type SizePreset = { id: string; name: string; cpu: string; memory: string; disk: string }

/** What most apps fit; any other size stays possible over the API and is kept as it is in forms. */
export const SIZE_PRESETS: readonly [SizePreset, ...SizePreset[]] = [
  { id: 'micro', name: 'Micro', cpu: '1', memory: '128m', disk: '1g' },
  { id: 'small', name: 'Small', cpu: '1', memory: '512m', disk: '4g' },
  { id: 'medium', name: 'Medium', cpu: '2', memory: '2g', disk: '10g' },
  { id: 'large', name: 'Large', cpu: '4', memory: '8g', disk: '40g' },
]

export const mib = (size: string): number => {
  const match = /^([\d.]+)\s*([mg])/i.exec(size)
  return Math.ceil(Number(match?.[1] ?? 0) * (match?.[2]?.toLowerCase() === 'g' ? 1024 : 1))
}

const same = (preset: SizePreset, resources: App['resources']): boolean =>
  preset.cpu === resources.cpu && mib(preset.memory) === mib(resources.memory) && mib(preset.disk) === mib(resources.disk)

/** The presets, and the app's own size in front of them when it is none of these. */
export const presetsFor = (resources: App['resources'] | null): readonly SizePreset[] =>
  resources === null || SIZE_PRESETS.some((preset) => same(preset, resources))
    ? SIZE_PRESETS
    : [{ id: 'own', name: 'As it is', ...resources }, ...SIZE_PRESETS]

export const presetOf = (resources: App['resources']): string =>
  presetsFor(resources).find((preset) => same(preset, resources))?.id ?? 'own'
