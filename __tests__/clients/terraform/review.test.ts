import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Emulator, startEmulator } from '../../../emulator/start.ts'
import { type Checkout, checkOut, MINUTE_MS, SPEED } from './checkout.ts'

// What somebody looks for who reviews the bundled modules before they run in his project: with
// every optional part switched on, and as open as the variables let it be.

const SECRET_VALUE = 'correct-horse-battery-staple'
const VARIABLES = {
  project_id: 'mervis-demo',
  region: 'europe-west1',
  name: 'mervis',
  port: 8080,
  size: 3,
  external_ip: false,
  iap_ssh: true,
  ingress_ranges: ['0.0.0.0/0'],
  env: { LOG_LEVEL: 'debug' },
  create_secrets: ['mervis-api-key'],
  secrets: { API_KEY: 'mervis-api-key' },
  autoscaling: {
    min: 1,
    max: 5,
    cpu_target: 0.6,
    schedules: { office: { cron: '0 8 * * Mon-Fri', duration_sec: 36_000, at_least: 2 } },
  },
  load_balancer: { domains: ['mervis.example.com'] },
}

interface Resource {
  readonly address: string
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

let dataDirectory: string
let emulator: Emulator
let checkout: Checkout

async function terraform(...argv: readonly string[]): Promise<string> {
  const { exitCode, output } = await checkout.terraform([...argv, '-no-color'], {
    ...emulator.environment,
    GOOGLE_OAUTH_ACCESS_TOKEN: emulator.accessToken(),
  })
  if (exitCode !== 0) throw new Error(output)
  return output
}

const withVariables = (verb: string, ...more: readonly string[]): Promise<string> =>
  terraform(
    verb,
    '-input=false',
    `-var-file=${join(checkout.directory, 'service.tfvars.json')}`,
    ...more
  )

/** As the owner of the project would by hand. */
async function google(method: string, path: string, body?: object): Promise<string> {
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${emulator.accessToken('user:owner@example.com')}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

interface Module {
  readonly resources?: readonly Resource[]
  readonly child_modules?: readonly Module[]
}

function resourcesOf({ resources = [], child_modules = [] }: Module): readonly Resource[] {
  return [...resources, ...child_modules.flatMap(resourcesOf)]
}

async function madeResources(): Promise<readonly Resource[]> {
  const state: { readonly values?: { readonly root_module?: Module } } = JSON.parse(
    await terraform('show', '-json')
  )
  return resourcesOf(state.values?.root_module ?? {})
}

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'emulator-'))
  emulator = await startEmulator({ dataDirectory, speed: SPEED })
  checkout = await checkOut()
  await writeFile(join(checkout.directory, 'service.tfvars.json'), JSON.stringify(VARIABLES))
  const backend = ['bucket=mervis-demo-tfstate', 'prefix=mervis']
  await terraform('init', '-input=false', ...backend.map((each) => `-backend-config=${each}`))
  await withVariables('apply', '-auto-approve')
  const payload = { data: Buffer.from(SECRET_VALUE).toString('base64') }
  const secret = '/secretmanager/v1/projects/mervis-demo/secrets/mervis-api-key'
  await google('POST', `${secret}:addVersion`, { payload })
}, 2 * MINUTE_MS)

afterAll(async () => {
  await checkout.dispose()
  await emulator.stop()
  await rm(dataDirectory, { recursive: true, force: true })
})

describe('a reviewer of terraform/, with every optional part on', () => {
  it(
    'finds nothing left to plan',
    async () => {
      expect(await withVariables('plan', '-detailed-exitcode')).toContain('No changes.')
    },
    MINUTE_MS
  )

  it(
    'finds no basic role, and each grant on what it is for',
    async () => {
      const grants = (await madeResources())
        .filter(({ type }) => /_iam_/.test(type))
        .map(({ type, values }) => `${type} ${String(values['role'])}`)
      expect(grants.sort()).toEqual([
        'google_artifact_registry_repository_iam_member roles/artifactregistry.reader',
        'google_project_iam_member roles/logging.logWriter',
        'google_secret_manager_secret_iam_member roles/secretmanager.secretAccessor',
      ])
    },
    MINUTE_MS
  )

  it(
    'finds SSH open to Identity-Aware Proxy only, and no other port but the app’s',
    async () => {
      const rules = (await madeResources()).filter(({ type }) => type === 'google_compute_firewall')
      const open = rules.map(({ values }) => [
        values['source_ranges'],
        (Array.isArray(values['allow']) ? values['allow'] : []).map(({ protocol, ports }) => [
          protocol,
          ports,
        ]),
      ])
      expect(open).toHaveLength(3)
      expect(open).toEqual(
        expect.arrayContaining([
          [['35.235.240.0/20'], [['tcp', ['22']]]],
          [['0.0.0.0/0'], [['tcp', ['8080']]]],
          [expect.arrayContaining(['130.211.0.0/22', '35.191.0.0/16']), [['tcp', ['8080']]]],
        ])
      )
    },
    MINUTE_MS
  )

  it(
    'finds the value of a secret in no state, plan, metadata or template, nor asked for',
    async () => {
      await withVariables('plan', '-out=plan')
      const state = '/storage/v1/b/mervis-demo-tfstate/o/mervis%2Fdefault.tfstate?alt=media'
      const compute = '/compute/v1/projects/mervis-demo/regions/europe-west1'
      const texts = {
        state: await google('GET', state),
        plan: await terraform('show', '-json', 'plan'),
        templates: await google('GET', `${compute}/instanceTemplates`),
        group: await google('GET', `${compute}/instanceGroupManagers/mervis`),
      }
      for (const text of Object.values(texts)) {
        expect(text).toContain('mervis')
        expect(text).not.toContain(SECRET_VALUE)
        expect(text).not.toContain(Buffer.from(SECRET_VALUE).toString('base64'))
      }
      expect(texts.templates).toContain('API_KEY=mervis-api-key/latest')
      const accesses = emulator.requests.filter(({ path }) => path.endsWith(':access'))
      expect(accesses).toEqual([])
    },
    MINUTE_MS
  )

  it(
    'finds nothing left after a destroy',
    async () => {
      await withVariables('destroy', '-auto-approve')
      expect(await madeResources()).toEqual([])
      expect(await leftOvers()).toEqual({
        addresses: 0,
        backendServices: 0,
        firewalls: 0,
        forwardingRules: 0,
        groups: 0,
        healthChecks: 0,
        networks: 0,
        sslCertificates: 0,
        sslPolicies: 0,
        targetHttpProxies: 0,
        targetHttpsProxies: 0,
        templates: 0,
        urlMaps: 0,
      })
    },
    2 * MINUTE_MS
  )
})

async function leftOvers(): Promise<Readonly<Record<string, number>>> {
  const project = '/compute/v1/projects/mervis-demo'
  const region = `${project}/regions/europe-west1`
  const collections = {
    addresses: `${project}/global/addresses`,
    backendServices: `${project}/global/backendServices`,
    firewalls: `${project}/global/firewalls`,
    forwardingRules: `${project}/global/forwardingRules`,
    groups: `${region}/instanceGroupManagers`,
    healthChecks: `${project}/global/healthChecks`,
    networks: `${project}/global/networks`,
    sslCertificates: `${project}/global/sslCertificates`,
    sslPolicies: `${project}/global/sslPolicies`,
    targetHttpProxies: `${project}/global/targetHttpProxies`,
    targetHttpsProxies: `${project}/global/targetHttpsProxies`,
    templates: `${region}/instanceTemplates`,
    urlMaps: `${project}/global/urlMaps`,
  }
  const counted = Object.entries(collections).map(async ([name, path]) => {
    const { items = [] }: { readonly items?: readonly unknown[] } = JSON.parse(
      await google('GET', path)
    )
    return [name, items.length] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}
