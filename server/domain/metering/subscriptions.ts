import { subscribe } from '../../core/event.ts'
import { followUsageTimezone } from './events/rebuild.ts'

export const subscribeMetering = (): void => {
  subscribe('organization.timezone_changed', followUsageTimezone)
}
