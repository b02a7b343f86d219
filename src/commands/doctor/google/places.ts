import { command } from '../../../google/diagnosis/remedies.ts'
import { asList, asRecord, asText } from '../../../lib/json.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../check.ts'
import { behindApi } from './access/behind-api.ts'
import { AFTER_PROJECT, type CheckContext, zonesOf } from './context.ts'
import { find } from './readings/asking.ts'

const SUBJECT = 'Region and machines'
/** As the bundled configuration names it. */
const IMAGE = { project: 'cos-cloud', family: 'cos-stable' }

/** Whether what the VMs are made of is offered where they shall run. */
export function placeChecks(context: CheckContext): readonly Check[] {
  const { config } = context
  const check = (id: string, title: string, look: () => Promise<Finding>, after = 'region') => ({
    id,
    subject: SUBJECT,
    title,
    after: id === 'region' ? AFTER_PROJECT : [after],
    look,
  })
  return behindApi('compute', context, [
    check('region', `Region ${config.region} is up`, () => lookAtRegion(context)),
    check('zones', 'Its zones are up', () => lookAtZones(context)),
    check(
      'machine-type',
      `${config.machineType} is offered there`,
      () => lookAtType(context),
      'zones'
    ),
    check('boot-image', 'The system image is there', () => lookAtImage(context)),
  ])
}

async function lookAtRegion({ readings, config }: CheckContext): Promise<Finding> {
  const region = await readings.region()
  const list = command(['gcloud compute regions list'], {
    project: config.projectId,
    filter: 'status=UP',
  })
  if (region === undefined) return broken(`There is no region ${config.region}.`, list)
  const status = asText(region['status'])
  return status === 'UP' ? ok(status) : broken(`It is ${status}.`, list)
}

async function lookAtZones({ ports, readings, config }: CheckContext): Promise<Finding> {
  const { projectId, region } = config
  const known = new Set(
    asList((await readings.region())?.['zones']).map((link) => lastPart(asText(link)))
  )
  const wanted = zonesOf(config)
  const absent = wanted.filter((zone) => !known.has(zone))
  if (absent.length > 0) {
    const said = `${region} has no zone ${absent.join(', ')}; it has ${[...known].join(', ')}.`
    return broken(said, `zones: ${[...known].slice(0, 3).join(', ')}`)
  }
  // All of the region, down to those that nobody asked for: they may be the way out.
  const answer = await ports.google.request({
    service: 'compute',
    method: 'GET',
    path: `projects/${projectId}/zones`,
    query: { filter: `name eq "${region}-.*"` },
    purpose: `read the zones of ${region}`,
  })
  const zones = asList(asRecord(answer.json)['items']).map(asRecord)
  const up = zones.filter((zone) => zone['status'] === 'UP').map((zone) => asText(zone['name']))
  const down = wanted.filter((zone) => !up.includes(zone))
  if (down.length === 0) return ok(wanted.join(', '))
  const said = `Down: ${down.join(', ')}`
  const fix = (await readings.isBuilt())
    ? command(['gcloud compute zones list'], { project: projectId, filter: `region:${region}` })
    : `zones: ${up.join(', ')}`
  // Other zones would make a group that is there anew: then only waiting is left.
  return down.length === wanted.length
    ? broken(`${said}: no VM can be made.`, fix)
    : doubtful(`${said}; the VMs go to the others.`, fix)
}

async function lookAtType({ readings, config }: CheckContext): Promise<Finding> {
  const { machineType, projectId } = config
  const zones = zonesOf(config)
  const types = await Promise.all(zones.map((zone) => readings.machineType(zone)))
  const without = zones.filter((_, index) => types[index] === undefined)
  const [type] = types.filter((found) => found !== undefined)
  if (without.length === 0)
    return ok(`${String(type?.['guestCpus'])} CPUs, ${String(type?.['memoryMb'])} MB.`)
  const offered = zones.filter((zone) => !without.includes(zone))
  const said = `${machineType} is not offered in ${without.join(', ')}.`
  if (offered.length === 0) {
    const filter = `zone:(${zones.join(' ')})`
    return broken(
      said,
      command(['gcloud compute machine-types list'], { project: projectId, filter })
    )
  }
  const fix = `zones: ${offered.join(', ')}`
  return (await readings.isBuilt())
    ? doubtful(`${said} The VMs go to the others; to name only those makes the group anew.`, fix)
    : broken(said, fix)
}

async function lookAtImage({ ports, config }: CheckContext): Promise<Finding> {
  if (config.terraformDirectory !== undefined) return unknown('Your own Terraform names the image.')
  const { project, family } = IMAGE
  const path = `projects/${project}/global/images/family/${family}`
  const purpose = `find the image of ${family}`
  const image = await find(ports.google, { service: 'compute', path, purpose })
  if (image !== undefined) return ok(asText(image['name']))
  return broken(
    `The family ${family} of ${project} leads to no image.`,
    command(['gcloud compute images list'], { project, filter: `family:${family}` })
  )
}

function lastPart(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1)
}
