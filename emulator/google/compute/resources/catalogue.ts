import { Hono } from 'hono'
import { resourceNotFound } from '../../errors.ts'
import type { GoogleContext, GoogleEnv, JsonObject } from '../../route.ts'
import { regionOf, zonesOf } from '../locations.ts'
import { SCOPE_PREFIXES, scopeOf } from '../scope.ts'
import type { ComputeParts } from './routes.ts'

/** What Google owns and everybody only reads: regions, zones, machine types, images. */
export function catalogueRoutes(parts: ComputeParts): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
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

const QUOTAS = [
  { metric: 'CPUS', limit: 24 },
  { metric: 'PREEMPTIBLE_CPUS', limit: 24 },
  { metric: 'INSTANCES', limit: 240 },
  { metric: 'IN_USE_ADDRESSES', limit: 8 },
  { metric: 'SSD_TOTAL_GB', limit: 500 },
  { metric: 'INSTANCE_GROUP_MANAGERS', limit: 100 },
]

function region({ links, project }: ComputeParts, c: GoogleContext): JsonObject {
  const { location, path } = scopeOf(c, project)
  return {
    kind: 'compute#region',
    id: idOf(path),
    name: location,
    description: location,
    status: 'UP',
    zones: zonesOf(location).map((name) => links.url(`projects/${project.id}/zones/${name}`)),
    quotas: QUOTAS.map((quota) => ({ ...quota, usage: 0 })),
    selfLink: links.url(path),
  }
}

function zone({ links, project }: ComputeParts, name: string): JsonObject {
  const path = `projects/${project.id}/zones/${name}`
  return {
    kind: 'compute#zone',
    id: idOf(path),
    name,
    description: name,
    status: 'UP',
    region: links.url(`projects/${project.id}/regions/${regionOf(name)}`),
    selfLink: links.url(path),
  }
}

const REGIONS = ['asia-northeast3', 'europe-west1', 'europe-west3', 'us-central1', 'us-east1']

/** All zones of a few well-known regions, or of the one that the filter or a region name asks for. */
function zones(parts: ComputeParts, c: GoogleContext): JsonObject {
  scopeOf(c, parts.project)
  const asked = /[a-z]+-[a-z]+\d{1,2}/.exec(c.req.query('filter') ?? '')?.[0]
  const names = (asked ? [asked] : REGIONS).flatMap(zonesOf)
  return { kind: 'compute#zoneList', items: names.map((name) => zone(parts, name)) }
}

const SHARED_CORE: Readonly<Record<string, readonly [cpus: number, memoryMb: number]>> = {
  'e2-micro': [2, 1024],
  'e2-small': [2, 2048],
  'e2-medium': [2, 4096],
  'f1-micro': [1, 614],
  'g1-small': [1, 1740],
}
const MB_PER_CPU: Readonly<Record<string, number>> = {
  standard: 4096,
  highmem: 8192,
  highcpu: 1024,
}

function machineType({ links, project }: ComputeParts, c: GoogleContext): JsonObject {
  const scope = scopeOf(c, project)
  const name = c.req.param('name') ?? ''
  const path = `${scope.path}/machineTypes/${name}`
  const size = SHARED_CORE[name] ?? predefinedSize(name)
  if (!size) throw resourceNotFound(path)
  const [guestCpus, memoryMb] = size
  return {
    kind: 'compute#machineType',
    id: idOf(path),
    name,
    guestCpus,
    memoryMb,
    isSharedCpu: name in SHARED_CORE,
    zone: scope.location,
    selfLink: links.url(path),
  }
}

function predefinedSize(name: string): readonly [number, number] | undefined {
  const [, shape = '', count] = /^(?:e2|n1|n2|n2d|c2|c3|t2d)-(\w+)-(\d{1,3})$/.exec(name) ?? []
  const perCpu = MB_PER_CPU[shape]
  const cpus = Number(count)
  return perCpu && cpus > 0 ? [cpus, cpus * perCpu] : undefined
}

const FAMILIES: Readonly<Record<string, string>> = {
  'cos-stable': 'cos-stable-121-18867-199-88',
  'cos-beta': 'cos-beta-125-19216-0-81',
  'debian-12': 'debian-12-bookworm-v20261110',
}

function imageOfFamily(parts: ComputeParts, c: GoogleContext): JsonObject {
  const { project, family = '' } = c.req.param() as Readonly<Record<string, string | undefined>>
  const name = FAMILIES[family]
  if (!name) throw resourceNotFound(`projects/${project}/global/images/family/${family}`)
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
