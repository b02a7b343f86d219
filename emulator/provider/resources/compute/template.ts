import { randomBytes } from 'node:crypto'
import { scopeUrl } from '../../overlay/compute.ts'
import { compact } from '../../rest/calls.ts'
import type { MappingContext, RestMapping } from '../../rest/rest-resource.ts'
import { resolve } from '../../rest/template.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'
import { globalImports, linkTo, regionalImports } from './network.ts'

const CODEC: NonNullable<RestMapping['codec']> = {
  names: {
    disk: 'disks',
    'disk.provisioned_iops': 'provisionedIops',
    'network_interface.network_ip': 'networkIP',
    'network_interface.access_config': 'accessConfigs',
    'network_interface.access_config.nat_ip': 'natIP',
    'network_interface.alias_ip_range': 'aliasIpRanges',
    'network_interface.ipv6_access_config': 'ipv6AccessConfigs',
    'advanced_machine_features.visible_core_count': 'visibleCoreCount',
    'guest_accelerator.count': 'acceleratorCount',
    'guest_accelerator.type': 'acceleratorType',
    network_interface: 'networkInterfaces',
    guest_accelerator: 'guestAccelerators',
    service_account: 'serviceAccounts',
    numeric_id: 'id',
  },
  lists: new Set(['service_account']),
  bareNames: new Set(['disk.disk_type', 'machine_type']),
  local: new Set(['name_prefix', 'metadata_startup_script']),
}

const SHARED = {
  api: 'compute',
  title: 'Instance Template',
  words: { creating: 'instance template', reading: 'Instance Template' },
  update: 'none',
  codec: CODEC,
  encode: encodeTemplate,
  decode: decodeTemplate,
  prepare: (planned: Fields) => {
    return typeof planned['name'] === 'string'
      ? planned
      : { ...planned, name: generateName(planned) }
  },
} satisfies Partial<RestMapping>

/** google_compute_instance_template. */
export const INSTANCE_TEMPLATE: RestMapping = {
  ...SHARED,
  collection: 'projects/{{project}}/global/instanceTemplates',
  importIds: globalImports('instanceTemplates'),
}

/** google_compute_region_instance_template. */
export const REGION_INSTANCE_TEMPLATE: RestMapping = {
  ...SHARED,
  collection: 'projects/{{project}}/regions/{{region}}/instanceTemplates',
  importIds: regionalImports('instanceTemplates'),
}

// The SDK's unique id: a timestamp and a counter, so that names sort by the time of their making.
function generateName(planned: Fields): string {
  const prefix = typeof planned['name_prefix'] === 'string' ? planned['name_prefix'] : 'terraform-'
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 17)
  const suffix = randomBytes(4).toString('hex')
  // With a long prefix only a short suffix fits into the 63 characters of a name.
  return prefix.length > 37 ? prefix + suffix : `${prefix}${time}0${suffix}`
}

// Of the fields at the top of the API's template these describe the template; all others the VMs.
const OWN_FIELDS = ['name', 'description'] as const

async function encodeTemplate(body: Fields, context: MappingContext): Promise<Fields> {
  const { name, description, region: _, instanceDescription, metadata, ...properties } = body
  return compact({
    name,
    description,
    properties: compact({
      ...properties,
      description: instanceDescription,
      metadata: encodeMetadata(metadata, context.fields['metadata_startup_script']),
      tags: body['tags'] && { items: body['tags'] },
      disks: await Promise.all(
        list(body['disks']).map((disk, index) => encodeDisk(disk, index, context))
      ),
      networkInterfaces: list(body['networkInterfaces']).map((nic) =>
        encodeInterface(nic, context)
      ),
      serviceAccounts: body['serviceAccounts'] && list(body['serviceAccounts']).map(encodeAccount),
    }),
  })
}

function encodeMetadata(
  metadata: Value | undefined,
  startupScript: Value | undefined
): Value | undefined {
  const entries = Object.entries(isFields(metadata) ? metadata : {})
  if (typeof startupScript === 'string') entries.push(['startup-script', startupScript])
  if (entries.length === 0) return undefined
  return { items: entries.map(([key, value]) => ({ key, value: String(value) })) }
}

// What describes a disk yet to be made; everything else describes how it is attached.
const DISK_PARAMETERS: ReadonlySet<string> = new Set([
  'diskName',
  'diskSizeGb',
  'diskType',
  'labels',
  'provisionedIops',
  'provisionedThroughput',
  'resourcePolicies',
])

async function encodeDisk(disk: Fields, index: number, context: MappingContext): Promise<Fields> {
  const { sourceImage, ...fields } = disk
  const image = typeof sourceImage === 'string' ? await findImage(sourceImage, context) : undefined
  const entries = Object.entries(fields)
  const parameters = entries.filter(([name]) => DISK_PARAMETERS.has(name))
  const attachment = entries.filter(([name]) => !DISK_PARAMETERS.has(name))
  return compact({
    boot: index === 0,
    mode: 'READ_WRITE',
    type: 'PERSISTENT',
    ...Object.fromEntries(attachment),
    initializeParams:
      disk['source'] === undefined
        ? compact({ ...Object.fromEntries(parameters), sourceImage: image })
        : undefined,
  })
}

function encodeInterface(nic: Fields, context: MappingContext): Fields {
  const { subnetworkProject: _, ...rest } = nic
  const accessConfigs = list(nic['accessConfigs']).map((access) => ({
    type: 'ONE_TO_ONE_NAT',
    ...access,
  }))
  return compact({
    ...rest,
    network: linkTo('global/networks', nic['network'] ?? null, context),
    subnetwork: linkTo('subnetworks', nic['subnetwork'] ?? null, context),
    accessConfigs: accessConfigs.length > 0 ? accessConfigs : undefined,
  })
}

function encodeAccount(account: Fields): Fields {
  const scopes = isList(account['scopes']) ? account['scopes'] : []
  return {
    email: account['email'] ?? 'default',
    scopes: scopes.map((scope) => scopeUrl(String(scope))),
  }
}

function decodeTemplate(answer: Fields, { fields }: MappingContext): Fields {
  const properties = isFields(answer['properties']) ? answer['properties'] : {}
  const own = Object.fromEntries(OWN_FIELDS.map((name) => [name, answer[name] ?? null]))
  const tags = properties['tags']
  return {
    ...answer,
    ...properties,
    ...own,
    ...decodeMetadata(properties['metadata'], fields),
    instanceDescription: properties['description'] ?? null,
    tags: isFields(tags) ? (tags['items'] ?? null) : null,
    tagsFingerprint: isFields(tags) ? (tags['fingerprint'] ?? '') : '',
    disks: list(properties['disks']).map(decodeDisk),
    networkInterfaces: list(properties['networkInterfaces']).map(decodeInterface),
    selfLinkUnique: `${String(answer['selfLink'])}?uniqueId=${String(answer['id'])}`,
  }
}

function decodeMetadata(metadata: Value | undefined, fields: Fields): Fields {
  const source = isFields(metadata) ? metadata : {}
  const pairs = list(source['items']).map(({ key, value }): [string, Value] => [
    String(key),
    value ?? '',
  ])
  const own = typeof fields['metadata_startup_script'] === 'string'
  const shown = own ? pairs.filter(([key]) => key !== 'startup-script') : pairs
  return {
    metadata: Object.fromEntries(shown),
    metadataFingerprint: source['fingerprint'] ?? '',
  }
}

function decodeDisk(disk: Fields, index: number): Fields {
  const parameters = isFields(disk['initializeParams']) ? disk['initializeParams'] : {}
  return {
    diskType: 'pd-standard',
    interface: 'SCSI',
    mode: 'READ_WRITE',
    type: 'PERSISTENT',
    boot: index === 0,
    deviceName: `persistent-disk-${index}`,
    ...parameters,
    ...disk,
  }
}

function decodeInterface(nic: Fields, index: number): Fields {
  const subnetwork = nic['subnetwork']
  const project = /projects\/([^/]+)\//.exec(String(subnetwork ?? ''))?.[1]
  return { name: `nic${index}`, ...nic, ...(project && { subnetworkProject: project }) }
}

/**
 * An image named as the real provider allows it (`project/family`, `project/image`, `family`, a
 * path or a URL) as the path of an image or of a family, whichever Google knows.
 */
async function findImage(image: string, context: MappingContext): Promise<string> {
  if (/^https?:/.test(image) || image.startsWith('projects/')) return image
  const segments = image.split('/')
  const name = segments.at(-1) ?? image
  const [first] = segments
  const project =
    segments.length > 1 && first && first !== 'family' && first !== 'global'
      ? first
      : resolve('project', context.fields, context.session)
  return firstExisting(
    context,
    [
      `projects/${project}/global/images/${name}`,
      `projects/${project}/global/images/family/${name}`,
    ],
    image
  )
}

async function firstExisting(
  { session }: MappingContext,
  paths: readonly string[],
  image: string
): Promise<string> {
  for (const path of paths) {
    if (await session.client.exists({ api: 'compute', method: 'GET', path })) return path
  }
  throw new ProviderError(
    `error creating instance template: could not find image or family ${image}`
  )
}

function list(value: Value | undefined): readonly Fields[] {
  return isList(value) ? value.filter(isFields) : []
}
