import { GoogleError, resourceNotFound } from '../errors.ts'
import { canonicalName, type Project } from '../project.ts'
import type { GoogleContext } from '../route.ts'
import { isRegion, isZone } from './locations.ts'

/** Where a resource lives: the whole project, one region or one zone. */
export interface Scope {
  readonly kind: 'global' | 'region' | 'zone'
  /** Region or zone name; empty when global. */
  readonly location: string
  /** `projects/P/global`, `projects/P/regions/R` or `projects/P/zones/Z`. */
  readonly path: string
}

const PREFIX = '/projects/:project'

/** The three beginnings of a route, for registering the same handler under each. */
export const SCOPE_PREFIXES = {
  global: `${PREFIX}/global`,
  region: `${PREFIX}/regions/:region`,
  zone: `${PREFIX}/zones/:zone`,
} as const

/** The scope of a request. @throws GoogleError 404 for a foreign project, 400 for an unknown place. */
export function scopeOf(c: GoogleContext, project: Project): Scope {
  const given = c.req.param('project') ?? ''
  if (given !== project.id && given !== project.number) throw resourceNotFound(`projects/${given}`)
  const { region, zone } = c.req.param() as Readonly<Record<string, string | undefined>>
  if (region !== undefined) return regionScope(project, region)
  if (zone !== undefined) return zoneScope(project, zone)
  return { kind: 'global', location: '', path: `projects/${project.id}/global` }
}

function regionScope(project: Project, region: string): Scope {
  if (!isRegion(region)) throw unknownLocation('region', region)
  return { kind: 'region', location: region, path: `projects/${project.id}/regions/${region}` }
}

/** The scope of a zone. @throws GoogleError 400 when its region has no such zone. */
export function zoneScope(project: Project, zone: string): Scope {
  if (!isZone(zone)) throw unknownLocation('zone', zone)
  return { kind: 'zone', location: zone, path: `projects/${project.id}/zones/${zone}` }
}

function unknownLocation(field: string, value: string): GoogleError {
  return new GoogleError(400, `Invalid value for field '${field}': '${value}'. Unknown ${field}.`)
}

/** Turns resource paths into URLs of this API and back. */
export class Links {
  readonly #project: Project
  readonly #baseUrl: () => string

  constructor(project: Project, baseUrl: () => string) {
    this.#project = project
    this.#baseUrl = baseUrl
  }

  url(path: string): string {
    return `${this.#baseUrl()}/compute/v1/${path}`
  }

  /** `projects/…` from any spelling of a link: full URL, partial, with ?uniqueId or number. */
  path(link: string): string {
    const bare = link.replace(/^.*?\/compute\/[^/]+\//, '').replace(/[?#].*$/, '')
    const path = bare.replace(/^\/+/, '')
    const isPartial = /^(global|regions|zones)\//.test(path)
    return isPartial ? `projects/${this.#project.id}/${path}` : canonicalName(this.#project, path)
  }

  /** The full URL of a link in any spelling; what is no link stays as it is. */
  expand(link: string): string {
    const path = this.path(link)
    return path.startsWith('projects/') ? this.url(path) : link
  }
}
