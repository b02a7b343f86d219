import { type Check, type Finding, unknown } from '../../check.ts'
import type { CheckContext } from '../context.ts'
import { apiTitle } from './apis.ts'

/** Checks that ask an API which may be off, where that is for another check to say. */
export function behindApi(
  api: string,
  { readings }: CheckContext,
  checks: readonly Check[]
): readonly Check[] {
  return checks.map((check) => ({
    ...check,
    look: async (signal): Promise<Finding> => {
      // Where nobody says which APIs are on, Google's answer to the check itself will.
      const apis = await readings.apis().catch(() => 'off' as const)
      if (apis !== 'off' && !apis.has(api))
        return unknown(`It needs the ${apiTitle(api)}, which is off.`)
      return check.look(signal)
    },
  }))
}
