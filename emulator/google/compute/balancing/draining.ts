import { type JsonObject, objectOf } from '../../route.ts'
import { textsAt } from '../resources/links.ts'
import type { Links } from '../scope.ts'

/** The manager behind an instance group's path; undefined for the path of anything else. */
export function groupPathOf(path: string): string | undefined {
  return /\/instanceGroups\/[^/]+$/.test(path)
    ? path.replace('/instanceGroups/', '/instanceGroupManagers/')
    : undefined
}

/** How long a VM of the group goes on serving after it was taken out: the longest of its backends'. */
export function drainingSecondsOf(
  groupPath: string,
  services: readonly JsonObject[],
  links: Links
): number {
  const own = services.filter((service) =>
    textsAt(service, ['backends', 'group']).some(
      (link) => groupPathOf(links.path(link)) === groupPath
    )
  )
  const seconds = own.map((service) => {
    const value = objectOf(service, 'connectionDraining')['drainingTimeoutSec']
    return typeof value === 'number' ? value : 0
  })
  return Math.max(0, ...seconds)
}
