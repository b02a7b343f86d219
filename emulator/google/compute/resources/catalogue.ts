import { Hono } from 'hono'
import { resourceNotFound } from '../../errors.ts'
import type { GoogleContext, GoogleEnv, JsonObject } from '../../route.ts'
import { regionOf, zonesOf } from '../locations.ts'
import { SCOPE_PREFIXES, scopeOf } from '../scope.ts'
import { machineSize } from '../supply/machine-size.ts'
import { globalQuotas, type QuotaParts, regionalQuotas } from '../supply/quotas.ts'
import type { ComputeParts } from './routes.ts'

type CatalogueParts = ComputeParts & QuotaParts

/** What Google owns and everybody only reads: regions, zones, machine types, images. */
export function catalogueRoutes(parts: CatalogueParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.get('/projects/:project', (c) => c.json(computeProject(parts, c)))
  routes.get('/projects/:project/regions', (c) => c.json(regions(parts, c)))
  routes.get(SCOPE_PREFIXES.region, (c) => c.json(region(parts, c)))
  routes.get(SCOPE_PREFIXES.zone, (c) => c.json(zone(parts, scopeOf(c, parts.project).location)))
  routes.get('/projects/:project/zones', (c) => c.json(zones(parts, c)))
  routes.get(`${SCOPE_PREFIXES.zone}/machineTypes/:name`, (c) => c.json(machineType(parts, c)))
  // Images live in public projects such as cos-cloud, hence no check of the project.
  routes.get('/projects/:project/global/images/family/:family', (c) =>
    c.json(imageOfFamily(parts, c))
  )
  routes.get('/projects/:project/global/images/:name', (c) => c.json(image(parts, c)))
  return routes
}

/** The project as Compute Engine sees it: what it may have all over the world. */
function computeProject(parts: CatalogueParts, c: GoogleContext): JsonObject {
  const { project, links } = parts
  scopeOf(c, project)
  return {
    kind: 'compute#project',
    id: idOf(`projects/${project.id}`),
    name: project.id,
    quotas: globalQuotas(parts),
    defaultServiceAccount: `${project.number}-compute@developer.gserviceaccount.com`,
    selfLink: links.url(`projects/${project.id}`),
  }
}

function regions(parts: CatalogueParts, c: GoogleContext): JsonObject {
  scopeOf(c, parts.project)
  return { kind: 'compute#regionList', items: REGIONS.map((name) => describeRegion(parts, name)) }
}

function region(parts: CatalogueParts, c: GoogleContext): JsonObject {
  return describeRegion(parts, scopeOf(c, parts.project).location)
}

function describeRegion(parts: CatalogueParts, name: string): JsonObject {
  const { links, project, supply } = parts
  const path = `projects/${project.id}/regions/${name}`
  return {
    kind: 'compute#region',
    id: idOf(path),
    name,
    description: name,
    status: supply.isUp(name) ? 'UP' : 'DOWN',
    zones: zonesOf(name).map((one) => links.url(`projects/${project.id}/zones/${one}`)),
    quotas: regionalQuotas(parts, name),
    selfLink: links.url(path),
  }
}

function zone({ links, project, supply }: CatalogueParts, name: string): JsonObject {
  const path = `projects/${project.id}/zones/${name}`
  return {
    kind: 'compute#zone',
    id: idOf(path),
    name,
    description: name,
    status: supply.isUp(name) ? 'UP' : 'DOWN',
    region: links.url(`projects/${project.id}/regions/${regionOf(name)}`),
    selfLink: links.url(path),
  }
}

const REGIONS = ['asia-northeast3', 'europe-west1', 'europe-west3', 'us-central1', 'us-east1']

/** All zones of a few well-known regions, or of the one that the filter or a region name asks for. */
function zones(parts: CatalogueParts, c: GoogleContext): JsonObject {
  scopeOf(c, parts.project)
  const asked = /[a-z]+-[a-z]+\d{1,2}/.exec(c.req.query('filter') ?? '')?.[0]
  const names = (asked ? [asked] : REGIONS).flatMap(zonesOf)
  return { kind: 'compute#zoneList', items: names.map((name) => zone(parts, name)) }
}

function machineType({ links, project, supply }: CatalogueParts, c: GoogleContext): JsonObject {
  const scope = scopeOf(c, project)
  const name = c.req.param('name') ?? ''
  const path = `${scope.path}/machineTypes/${name}`
  const size = machineSize(name)
  if (!size || !supply.offers(`${scope.location}/${name}`)) throw resourceNotFound(path)
  return {
    kind: 'compute#machineType',
    id: idOf(path),
    name,
    guestCpus: size.cpus,
    memoryMb: size.memoryMb,
    isSharedCpu: size.isShared,
    zone: scope.location,
    selfLink: links.url(path),
  }
}

const FAMILIES: Readonly<Record<string, string>> = {
  'cos-stable': 'cos-stable-121-18867-199-88',
  'cos-beta': 'cos-beta-125-19216-0-81',
  'debian-12': 'debian-12-bookworm-v20261110',
}

function imageOfFamily(parts: CatalogueParts, c: GoogleContext): JsonObject {
  const { project, family = '' } = c.req.param() as Readonly<Record<string, string | undefined>>
  const name = FAMILIES[family]
  if (!name || !parts.supply.offers(family)) {
    throw resourceNotFound(`projects/${project}/global/images/family/${family}`)
  }
  return renderImage(parts, { project: project ?? '', family, name })
}

function image(parts: ComputeParts, c: GoogleContext): JsonObject {
  const { project = '', name = '' } = c.req.param() as Readonly<Record<string, string | undefined>>
  const family = Object.keys(FAMILIES).find((one) => FAMILIES[one] === name)
  if (!family) throw resourceNotFound(`projects/${project}/global/images/${name}`)
  return renderImage(parts, { project, family, name })
}

interface Image {
  readonly project: string
  readonly family: string
  readonly name: string
}

function renderImage({ links }: ComputeParts, { project, family, name }: Image): JsonObject {
  const path = `projects/${project}/global/images/${name}`
  return {
    kind: 'compute#image',
    id: idOf(path),
    name,
    family,
    status: 'READY',
    architecture: 'X86_64',
    diskSizeGb: '10',
    creationTimestamp: '2026-11-10T00:00:00.000+00:00',
    selfLink: links.url(path),
  }
}

/** A stable number for things that were never inserted. */
function idOf(path: string): string {
  let hash = 7n
  for (const letter of path) hash = (hash * 31n + BigInt(letter.charCodeAt(0))) % 9_000_000_000_000n
  return String(1_000_000_000_000n + hash)
}
