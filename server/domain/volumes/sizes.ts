import { MAX_VOLUME_MIB, VOLUME_STEP_MIB } from '../../contract/volume.ts'
import { ruleViolated } from '../../core/error.ts'
import { toMib } from '../apps/index.ts'

/** "10g" as MiB, within what a volume can be. */
export const volumeMib = (size: string): number => {
  const mib = toMib(size)
  if (mib < VOLUME_STEP_MIB || mib > MAX_VOLUME_MIB) throw ruleViolated('/size', 'out_of_range', 'Use 64m to 500g.')
  if (mib % VOLUME_STEP_MIB !== 0) throw ruleViolated('/size', 'not_a_step', `Use a multiple of ${VOLUME_STEP_MIB}m, as ${Math.ceil(mib / VOLUME_STEP_MIB) * VOLUME_STEP_MIB}m.`)
  return mib
}
