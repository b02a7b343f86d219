import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../ports.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (durationMs, signal) => {
    try {
      await sleep(durationMs, undefined, { signal })
    } catch (error) {
      // The timer throws its own AbortError; the reason says who stopped us and why.
      signal.throwIfAborted()
      throw error
    }
  },
}
