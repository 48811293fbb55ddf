/** Programs that ask to act for a person: OAuth 2.0 device authorization (RFC 8628). */
import { approveDevice, denyDevice, getDevice } from './decide-device.ts'
import { pollDevice } from './poll-device.ts'
import { revokePresented } from './revoke-presented.ts'
import { startDevice } from './start-device.ts'

export { approveDevice, denyDevice, getDevice, pollDevice, revokePresented, startDevice }
export const operations = [startDevice, pollDevice, getDevice, approveDevice, denyDevice, revokePresented]
