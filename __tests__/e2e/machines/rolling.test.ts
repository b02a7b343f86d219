import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Compute, createCompute } from '../../../emulator/google/compute/compute.ts'
import type { Front } from '../../../emulator/machines/front.ts'
import { createRealMachines } from '../../../emulator/machines/real/machines.ts'
import { FakeCloud, eventually as within } from '../../emulator/machines/cloud.ts'

// Real VMs in a real group: containers of a real engine (DOCKER_HOST), behind the front.

const PORT = 18_086
const IMAGE = 'emulator-machines-test:busybox'
const SPEED = 20
const LIMIT_MS = 90_000
const ZONE = 'us-east1-b'
const GROUPS = `/zones/${ZONE}/instanceGroupManagers`
const dockerHost = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock'
const path = process.env['PATH'] ?? '/usr/bin:/bin'

const STARTUP = `set -eu
metadata() { curl -fsS -H Metadata-Flavor:Google "http://$GCE_METADATA_HOST/computeMetadata/v1/instance/$1"; }
name=$(metadata name) ip=$(metadata network-interfaces/0/ip) release=$(metadata attributes/app-release)
docker run -d --name "$name" -p "$ip:${PORT}:8080" ${IMAGE} /busybox sh -c "
  echo $release > /index.html; trap 'exit 0' TERM; /busybox httpd -f -p 8080 -h / & wait"
`
const SHUTDOWN = `docker stop -t 5 "$(curl -fsS -H Metadata-Flavor:Google \\
  "http://$GCE_METADATA_HOST/computeMetadata/v1/instance/name")"`

let cloud: FakeCloud
let directory: string
let compute: Compute
let front: Front

function docker(...argv: readonly string[]): string {
  return execFileSync('docker', argv, {
    env: { PATH: path, DOCKER_HOST: dockerHost },
    encoding: 'utf8',
  })
}

/** An image that holds nothing but Debian's static busybox. */
function importImage(): void {
  const root = join(directory, 'image')
  mkdirSync(root)
  execFileSync('cp', ['/bin/busybox', join(root, 'busybox')])
  const tar = execFileSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 64 * 1024 * 1024 })
  execFileSync('docker', ['import', '-', IMAGE], {
    input: tar,
    env: { PATH: path, DOCKER_HOST: dockerHost },
  })
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, and a wrong guess fails the test
async function call(method: string, resource: string, body?: unknown): Promise<any> {
  const response = await compute.routes.request(`/projects/demo${resource}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return response.json()
}

async function template(name: string, startup = STARTUP): Promise<unknown> {
  const metadata = {
    'app-release': name,
    'app-port': String(PORT),
    'startup-script': startup,
    'shutdown-script': SHUTDOWN,
  }
  const items = Object.entries(metadata).map(([key, value]) => ({ key, value }))
  const properties = { machineType: 'e2-small', metadata: { items } }
  await call('POST', '/global/instanceTemplates', { name, properties })
  return { name, instanceTemplate: `global/instanceTemplates/${name}` }
}

/** Containers take their real time. */
const eventually = <T>(ask: () => T | Promise<T>, passes: (value: T) => boolean): Promise<T> =>
  within(ask, passes, 60_000)

const stable = () =>
  eventually(
    () => call('GET', `${GROUPS}/app`),
    ({ status }) => status.isStable
  )

const containers = () => docker('ps', '-a', '--filter', 'name=app-', '--format', '{{.Names}}')

/** Asks the front all the time until told to stop; counts every answer. */
function visit(): { stop: () => Promise<Map<string, number>> } {
  const answers = new Map<string, number>()
  let visiting = true
  const done = (async () => {
    while (visiting) {
      const answer = await fetch(front.url).then(
        async (response) => `${response.status} ${(await response.text()).trim()}`,
        (error) => `failed ${error}`
      )
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
  })()
  return {
    async stop() {
      visiting = false
      await done
      return answers
    },
  }
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'real-group-'))
  importImage()
  cloud = await new FakeCloud(SPEED).open()
  const { clock, tokens, project, baseUrl } = cloud
  const machines = createRealMachines({
    ...{ clock, tokens, project, baseUrl, dockerHost, path },
    dataDirectory: directory,
    seed: process.pid,
  })
  const ids = { projectId: project.id, projectNumber: project.number }
  compute = createCompute({ clock, ...ids, baseUrl, machines, seed: process.pid })
  const httpHealthCheck = { port: PORT, requestPath: '/' }
  await call('POST', '/global/healthChecks', { name: 'hc', httpHealthCheck })
  await call('POST', GROUPS, {
    name: 'app',
    targetSize: 2,
    versions: [await template('r1')],
    updatePolicy: { type: 'PROACTIVE', maxSurge: { fixed: 2 }, maxUnavailable: { fixed: 0 } },
    autoHealingPolicies: [{ healthCheck: 'global/healthChecks/hc', initialDelaySec: 120 }],
  })
  front = await compute.openFront({ group: 'app' })
  await stable()
}, LIMIT_MS)

afterAll(async () => {
  await compute.stop()
  await cloud.close()
  docker('rmi', '-f', IMAGE)
  rmSync(directory, { recursive: true, force: true })
}, LIMIT_MS)

describe('a group of real machines', () => {
  it(
    'serves from its own addresses and comes back after a preemption',
    async () => {
      const before = compute.control.machines()
      expect(new Set(before.map((one) => one['address'])).size).toBe(2)
      const name = String(before[0]?.['name'])
      compute.control.preempt(name)
      await eventually(
        () => compute.control.machines().find((one) => one['name'] === name),
        (one) => one?.['id'] !== before[0]?.['id']
      )
      await stable()
      expect(containers().split('\n')).toContain(name)
    },
    LIMIT_MS
  )

  it(
    'rolls to another release without one failed request',
    async () => {
      const visitor = visit()
      await call('PATCH', `${GROUPS}/app`, { versions: [await template('r2')] })
      await stable()
      const answers = await visitor.stop()
      expect([...answers.keys()].sort()).toEqual(['200 r1', '200 r2'])
      expect(containers().trim().split('\n')).toHaveLength(2)
    },
    LIMIT_MS
  )

  it(
    'goes on serving when the next release fails to start',
    async () => {
      const visitor = visit()
      await call('PATCH', `${GROUPS}/app`, { versions: [await template('r3', 'exit 7')] })
      const failed = await eventually(
        () => compute.control.machines().filter((one) => one['version'] === 'r3'),
        (all) => all.length === 2 && all.every((one) => one['health'] === 'TIMEOUT')
      )
      const log = await call('GET', `/zones/${ZONE}/instances/${failed[0]?.['name']}/serialPort`)
      expect(log.contents).toContain('startup-script exit status 7')
      await call('PATCH', `${GROUPS}/app`, {
        versions: [{ name: 'r2', instanceTemplate: 'global/instanceTemplates/r2' }],
      })
      await stable()
      expect([...(await visitor.stop()).keys()]).toEqual(['200 r2'])
    },
    LIMIT_MS
  )

  it(
    'leaves no container behind when the group is deleted',
    async () => {
      await call('DELETE', `${GROUPS}/app`)
      await eventually(
        () => compute.control.machines().length,
        (count) => count === 0
      )
      expect(containers()).toBe('')
    },
    LIMIT_MS
  )
})
