import type { Stage } from '../deploy/push.ts'

const PROJECT = 'mervis-demo'
const REGION = 'asia-northeast3'
const BUCKET = 'mervis-demo-tfstate'

const GLOBAL = [
  'networks',
  'firewalls',
  'healthChecks',
  'addresses',
  'backendServices',
  'forwardingRules',
  'instanceTemplates',
  'sslCertificates',
  'targetHttpProxies',
  'targetHttpsProxies',
  'urlMaps',
]
const REGIONAL = [
  'autoscalers',
  'healthChecks',
  'instanceGroupManagers',
  'instanceTemplates',
  'routers',
  'subnetworks',
]

/** Everything in the emulated project that somebody could pay for, or that could open a door. */
export async function inventory(stage: Stage) {
  const { cloud } = stage.emulator
  const accounts = cloud.serviceAccounts.list().map(({ name }) => name)
  const places = [`projects/${PROJECT}`, `b/${BUCKET}`, ...accounts]
  return {
    compute: await computeResources(stage),
    accounts,
    bindings: places.map((place) => [place, bindingsOf(stage, place)]),
    repositories: cloud.repositories.list('-').map(({ name }) => name),
    secrets: cloud.secrets.list().map(({ id }) => id),
    objects: cloud.store.list(BUCKET, true).map(({ name }) => name),
  }
}

/** Sorted: a policy that was changed back may list its roles in another order. */
function bindingsOf({ emulator }: Stage, resource: string): readonly string[] {
  const { bindings = [] } = emulator.cloud.policies.get(resource)
  return bindings.flatMap(({ role, members }) => members.map((it) => `${role} ${it}`)).sort()
}

async function computeResources(stage: Stage): Promise<readonly string[]> {
  const base = `/compute/v1/projects/${PROJECT}`
  const paths = [
    ...GLOBAL.map((kind) => `${base}/global/${kind}`),
    ...REGIONAL.map((kind) => `${base}/regions/${REGION}/${kind}`),
  ]
  const lists = await Promise.all(paths.map((path) => namesAt(stage, path)))
  const vms = stage.emulator.compute.groups().flatMap(({ runner }) => runner.group.instances)
  return [...lists.flat(), ...vms.map(({ name }) => `VM ${name}`)].sort()
}

/** None where the API was never switched on. */
async function namesAt(stage: Stage, path: string): Promise<readonly string[]> {
  const { items = [], error } = await stage.read(path)
  if (error !== undefined && JSON.stringify(error).includes('SERVICE_DISABLED')) return []
  if (error !== undefined || !Array.isArray(items)) throw new Error(`${path}: no list`)
  return items.map(({ selfLink }) => String(selfLink).replace(/^.*\/compute\/v1\//, ''))
}
