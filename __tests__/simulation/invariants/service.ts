import type { Story } from '../play.ts'
import { tail } from './green.ts'
import { isCalm } from './weather.ts'

/** Nobody is left without service because of us, and nothing ever runs twice that must not. */
export function serviceViolations({ schedule, world }: Story): readonly string[] {
  const { furniture, images } = schedule
  if (!furniture.isReleased || !isCalm(schedule)) return []
  const { shortage, mixture } = world.truth
  if (furniture.strategy === 'recreate') {
    // With more VMs than may be away at once Google itself has some of each.
    return mixture && furniture.size <= furniture.zones
      ? [`${mixture.images.map(tail).join(' and ')} served at once`]
      : []
  }
  // Without a health check Google takes every running VM for one that serves.
  const isKept = furniture.health && images.every(({ exitsAfterMs }) => exitsAfterMs === undefined)
  return isKept && shortage ? [`only ${shortage.serving} of ${shortage.wanted} VMs served`] : []
}
