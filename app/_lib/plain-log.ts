const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** What a tenant prints must not colour, move or reorder what another person reads. */
export const plainLog = (text: string): string => text.replace(ANSI, '').replace(CONTROLS, '').replace(BIDI, '')
