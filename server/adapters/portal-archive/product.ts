import manifest from '../../../package.json' with { type: 'json' }

export const PRODUCT = manifest.version
