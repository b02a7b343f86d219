import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Emulator, startEmulator } from '../../../emulator/start.ts'
import { type Checkout, checkOut, MINUTE_MS, type Result, SPEED } from './checkout.ts'

jest.setTimeout(3 * MINUTE_MS)

// The bundled modules through the whole of terraform: backend, plan, apply, and the plan after it.

const VARIABLES = {
  project_id: 'mervis-demo',
  region: 'europe-west1',
  zones: [],
  name: 'mervis',
  machine_type: 'e2-small',
  size: 1,
  port: 8080,
  health_path: '/healthz',
  strategy: 'surge',
  provisioning: 'spot',
  env: { LOG_LEVEL: 'debug' },
  secrets: {},
}
const REGION = 'projects/mervis-demo/regions/europe-west1'

let dataDirectory: string
let emulator: Emulator
let checkout: Checkout

function terraform(...argv: readonly string[]): Promise<Result> {
  return checkout.terraform([...argv, '-no-color'], {
    ...emulator.environment,
    GOOGLE_OAUTH_ACCESS_TOKEN: emulator.accessToken(),
  })
}

async function withVariables(verb: string, changes: object, ...more: string[]): Promise<Result> {
  const file = join(checkout.directory, 'service.tfvars.json')
  await writeFile(file, JSON.stringify({ ...VARIABLES, ...changes }))
  return terraform(verb, '-input=false', `-var-file=${file}`, ...more)
}

async function applied(changes: object): Promise<string> {
  const { exitCode, output } = await withVariables('apply', changes, '-auto-approve')
  if (exitCode !== 0) throw new Error(output)
  return output
}

async function expectNoChange(changes: object): Promise<void> {
  const { exitCode, output } = await withVariables('plan', changes, '-detailed-exitcode')
  expect({ exitCode, output }).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('No changes.'),
  })
}

async function compute(
  method: string,
  path: string,
  body?: object
): Promise<Record<string, unknown>> {
  const response = await fetch(`${emulator.url}/compute/v1/${REGION}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${emulator.accessToken()}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok || typeof answer !== 'object' || answer === null) {
    throw new Error(JSON.stringify(answer))
  }
  return { ...answer }
}

/** What the action does for a release, in two requests. */
async function release(name: string): Promise<void> {
  const { exitCode, output } = await terraform('output', '-raw', 'base_template_name')
  if (exitCode !== 0) throw new Error(output)
  const { properties } = await compute('GET', `instanceTemplates/${output}`)
  await compute('POST', 'instanceTemplates', { name: `mervis-${name}`, properties })
  const { fingerprint } = await compute('GET', 'instanceGroupManagers/mervis')
  await compute('PATCH', 'instanceGroupManagers/mervis', {
    fingerprint,
    versions: [{ name, instanceTemplate: `${REGION}/instanceTemplates/mervis-${name}` }],
  })
}

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'emulator-'))
  emulator = await startEmulator({ dataDirectory, speed: SPEED })
  checkout = await checkOut()
  const { exitCode, output } = await terraform(
    'init',
    '-input=false',
    '-backend-config=bucket=mervis-demo-tfstate',
    '-backend-config=prefix=mervis'
  )
  if (exitCode !== 0) throw new Error(output)
})

afterAll(async () => {
  await checkout.dispose()
  await emulator.stop()
  await rm(dataDirectory, { recursive: true, force: true })
})

describe('terraform/', () => {
  it('leaves nothing to plan straight after an apply, nor after a release', async () => {
    await applied({})
    await expectNoChange({})
    // The base may be replaced while there is no release yet: no VM ever runs it.
    await applied({ machine_type: 'e2-medium' })
    await expectNoChange({ machine_type: 'e2-medium' })
    await applied({})
    await release('a1b2c3d4e5f6')
    await expectNoChange({})
  })

  it('tells the action what it made', async () => {
    const { output } = await terraform('output', '-json')
    const outputs: unknown = JSON.parse(output)
    expect(outputs).toEqual({
      base_template_name: expect.objectContaining({
        value: expect.stringMatching(/^mervis-base-/),
      }),
      group_name: expect.objectContaining({ value: 'mervis' }),
      port: expect.objectContaining({ value: 8080 }),
      project_id: expect.objectContaining({ value: 'mervis-demo' }),
      region: expect.objectContaining({ value: 'europe-west1' }),
      repository_id: expect.objectContaining({ value: 'mervis' }),
      vm_service_account: expect.objectContaining({
        value: 'mervis-machine@mervis-demo.iam.gserviceaccount.com',
      }),
      zones: expect.objectContaining({
        value: ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'],
      }),
    })
  })

  it.each([
    ['the base template', { machine_type: 'e2-medium', env: { LOG_LEVEL: 'info' } }],
    ['size and strategy', { size: 2, strategy: 'recreate' }],
    ['the health check, to a connection', { health_path: null }],
    ['the port', { port: 9090 }],
    ['the port, to none', { port: null }],
    ['the way out', { external_ip: false }],
    ['provisioning', { provisioning: 'standard' }],
    [
      'the size, to what an autoscaler makes of it',
      { autoscaling: { min: 2, max: 3, cpu_target: 0.6 } },
    ],
    ['the autoscaler, to none', {}],
    [
      'what is in front, to a load balancer',
      { load_balancer: { domains: ['mervis.example.com'] } },
    ],
    ['its domains', { load_balancer: { domains: ['www.example.com', 'mervis.example.com'] } }],
    ['the load balancer, to none', {}],
    ['its secrets', { create_secrets: ['api-key'], secrets: { API_KEY: 'api-key' } }],
  ])('changes %s without touching the release', async (_, changes) => {
    await applied(changes)
    await expectNoChange(changes)
    const { versions } = await compute('GET', 'instanceGroupManagers/mervis')
    expect(versions).toEqual([expect.objectContaining({ name: 'a1b2c3d4e5f6' })])
  })

  it('takes everything away again, once the release is gone', async () => {
    // A group holds its template, and a template holds the subnet.
    const group = 'module.compute.google_compute_region_instance_group_manager.main'
    await withVariables('destroy', {}, '-auto-approve', `-target=${group}`)
    await compute('DELETE', 'instanceTemplates/mervis-a1b2c3d4e5f6')
    const { exitCode, output } = await withVariables('destroy', {}, '-auto-approve')
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Destroy complete!'),
    })
  })
})
