import type { DataSourceType } from '../resource-type.ts'
import { describeFailure } from '../rest/calls.ts'
import { readFields } from '../rest/state.ts'
import { resolve } from '../rest/template.ts'
import type { Block, ProviderSchema } from '../schema.ts'
import type { Session } from '../session/session.ts'
import { ProviderError } from '../wire/diagnostics.ts'
import { type Fields, isFields, isList } from '../wire/values.ts'

type Read = (config: Fields, session: Session, block: Block) => Promise<Fields>

const READERS: Readonly<Record<string, Read>> = {
  google_compute_image: readImage,
  google_compute_zones: readZones,
  google_project: readProject,
}

/** Every data source that the provider serves, by name. */
export function buildDataSources(schema: ProviderSchema): ReadonlyMap<string, DataSourceType> {
  return new Map(
    Object.entries(READERS).map(([type, read]) => {
      const block = schema.dataSources[type]
      if (!block) throw new Error(`schema.json has no data source ${type}.`)
      return [type, { block, read: (config, session) => read(config, session, block) }]
    })
  )
}

async function readProject(config: Fields, session: Session, block: Block): Promise<Fields> {
  const { project_id: wanted } = config
  const id = typeof wanted === 'string' ? wanted : resolve('project', {}, session)
  const request = session.client.request({
    api: 'resourceManager',
    method: 'GET',
    path: `projects/${id}`,
  })
  const answer = await describeFailure(`Error when reading or editing Project "${id}"`, request)
  const parent = isFields(answer['parent']) ? answer['parent'] : {}
  const body = {
    ...answer,
    number: answer['projectNumber'] ?? null,
    orgId: parent['type'] === 'organization' ? (parent['id'] ?? null) : null,
    folderId: parent['type'] === 'folder' ? (parent['id'] ?? null) : null,
  }
  const fields = readFields(block, {}, body, config)
  return { ...fields, id: `projects/${id}`, project_id: id, labels: answer['labels'] ?? {} }
}

async function readZones(config: Fields, session: Session): Promise<Fields> {
  const project = resolve('project', config, session)
  const region = resolve('region', config, session)
  const request = session.client.request({
    api: 'compute',
    method: 'GET',
    path: `projects/${project}/zones`,
  })
  const answer = await describeFailure('Error retrieving zones', request)
  const zones = isList(answer['items']) ? answer['items'].filter(isFields) : []
  const names = zones
    .filter((zone) => String(zone['region']).endsWith(`/regions/${region}`))
    .filter((zone) => typeof config['status'] !== 'string' || zone['status'] === config['status'])
    .map((zone) => String(zone['name']))
  return { ...config, project, names: names.sort(), id: `projects/${project}/regions/${region}` }
}

async function readImage(config: Fields, session: Session, block: Block): Promise<Fields> {
  const project = resolve('project', config, session)
  const { name, family } = config
  if ((typeof name === 'string') === (typeof family === 'string')) {
    throw new ProviderError('one of name, family or filters must be set')
  }
  const path = `projects/${project}/global/images/${typeof name === 'string' ? name : `family/${String(family)}`}`
  const request = session.client.request({ api: 'compute', method: 'GET', path })
  const image = await describeFailure('error retrieving image information', request)
  const fields = readFields(block, { names: { image_id: 'id' } }, image, config)
  return { ...fields, project, id: `projects/${project}/global/images/${String(image['name'])}` }
}
