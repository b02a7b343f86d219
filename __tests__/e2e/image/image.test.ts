import { randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ensureBaseImage } from '../../../scripts/setup/base-image.ts'
import { type Engine, ensureEngine } from '../../../scripts/setup/engine.ts'
import { type Builder, builders, Docker } from './docker.ts'

const root = join(import.meta.dirname, '../../..')
const setUp = { workDirectory: join(root, '.work/setup'), log: (): void => undefined }
const runId = randomUUID().slice(0, 8)
/** Not a secret: what the test looks for in the image. */
const marker = `planted-${randomUUID()}`

const plantedPaths = [
  'service_account.json',
  'secret.py',
  '.env',
  'id_rsa',
  'notes.txt',
  'app/service_account.json',
  'app/secret.py',
  'app/.env',
  'app/.env.production',
  'app/gha-creds-0123456789abcdef.json',
  'app/deep/er/service_account.json',
  'app/deep/er/secret.py',
  'app/deep/er/.env.local',
  'app/deep/er/gha-creds-0123456789abcdef.json',
  'app/deep/env/bin/settings.py',
  'app/deep/.git/hooks/hook.py',
  'app/deep/er/server.pem',
  'app/deep/er/server.key',
  'app/deep/.git/config',
  'app/deep/__pycache__/secret.cpython-311.pyc',
  'app/.venv/lib/python3.11/site-packages/x.py',
  'app/deep/venv/bin/python3',
  'app/terraform.tfstate',
  'app/deep/terraform.tfstate.backup',
  'app/deep/.terraform/providers/x',
  'app/deep/prod.tfvars',
]

let engine: Engine
let docker: Docker
const images = new Map<Builder, string>()

beforeAll(async () => {
  engine = await ensureEngine(setUp)
  docker = new Docker(engine)
  for (const [index, builder] of builderNames().entries()) {
    images.set(builder, await buildFrom(builder, String(index)))
  }
}, 120_000)

afterAll(async () => {
  await docker?.cleanUp()
  await engine?.stop()
}, 60_000)

describe.each(builderNames())('the image made by %s', (builder) => {
  it('holds the service and nothing else', async () => {
    const source = (await readdir(join(root, 'app'))).filter((name) => name.endsWith('.py'))
    expect(await listFiles(imageOf(builder))).toEqual(
      [...source, ...source.map((name) => `__pycache__/${name}c`)].toSorted()
    )
  })

  it('holds no byte of what was planted, in no layer and in no line of its history', async () => {
    expect(await docker.imageContains(imageOf(builder), marker)).toBe(false)
    // The search itself works: this stands in the image.
    expect(await docker.imageContains(imageOf(builder), 'At your service.')).toBe(true)
  }, 30_000)

  it('runs without rights, in Korean time, gets healthy, and stops within 2 s', async () => {
    const id = await docker.start(imageOf(builder), '--read-only', '--cap-drop=ALL')
    const script = 'import os, time; print(os.getuid(), os.getgid(), time.tzname[0])'
    expect(await docker.call('exec', id, 'python3', '-c', script)).toBe('10001 10001 KST')
    await becomesHealthy(id)
    const askedAt = performance.now()
    await docker.call('stop', '--time', '10', id)
    expect(performance.now() - askedAt).toBeLessThan(2_000)
    expect(await docker.call('inspect', '--format', '{{.State.ExitCode}}', id)).toBe('0')
  }, 40_000)

  it('says in its log which settings are wrong, and ends', async () => {
    const id = await docker.start(imageOf(builder), '--env', 'PORT=eighty')
    expect(await docker.call('wait', id)).toBe('2')
    const said = await docker.call('logs', id)
    expect(said).toContain("PORT is 'eighty', expected a whole number from 1 to 65535")
  })
})

describe('the image', () => {
  it('has the same layers when it is built again from another folder and without a cache', async () => {
    const again = await buildFrom('docker buildx build', 'again')
    expect(await layersOf(again)).toEqual(await layersOf(imageOf('docker buildx build')))
  }, 60_000)

  it.each([
    ['!app', 'docker buildx build'],
    ['!app', 'plain docker build'],
    ['!app/**/*.py', 'docker buildx build'],
    ['!app/**/*.py', 'plain docker build'],
    ['!**', 'docker buildx build'],
  ] as const)(
    'holds no secret even when someone allows %s and builds by %s',
    async (allowed, builder) => {
      const own = await readFile(join(root, '.dockerignore'), 'utf8')
      const wide = own.replace('!app/*.py', allowed)
      expect(wide).not.toBe(own)
      const image = await buildFrom(builder, 'wide', { '.dockerignore': wide })
      expect(await docker.imageContains(image, marker)).toBe(false)
    },
    60_000
  )
})

/** Builds from a planted folder of its own, some of its files replaced. */
async function buildFrom(
  builder: Builder,
  name: string,
  files: Readonly<Record<string, string>> = {}
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mervis-context-'))
  try {
    await plantContext(directory)
    for (const [path, text] of Object.entries(files)) await writeFile(join(directory, path), text)
    const { reference } = await ensureBaseImage(engine, setUp)
    const tag = `mervis-image-test:${runId}-${name}`
    return await docker.build(builder, directory, { baseImage: reference, tag, noCache: true })
  } finally {
    await rm(directory, { recursive: true })
  }
}

function builderNames(): Builder[] {
  return Object.keys(builders).filter((name): name is Builder => name in builders)
}

function imageOf(builder: Builder): string {
  return images.get(builder) ?? 'not built'
}

function layersOf(image: string): Promise<string> {
  return docker.call('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image)
}

async function plantContext(directory: string): Promise<void> {
  for (const name of ['app', 'Dockerfile', '.dockerignore']) {
    await cp(join(root, name), join(directory, name), { recursive: true })
  }
  for (const path of plantedPaths) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), `${marker}\n`)
  }
}

/**
 * Paths below the service's folder, the interpreter's version taken out of the names of compiled
 * files.
 */
async function listFiles(image: string): Promise<string[]> {
  const script =
    'import os\nfor folder, _, names in os.walk("/srv/app"):\n for name in names: print(os.path.join(folder, name))'
  const paths = (await docker.call('run', '--rm', image, 'python3', '-c', script)).split('\n')
  const shorten = (path: string): string =>
    path.slice('/srv/app/'.length).replace(/\.cpython-\d+\.pyc$/, '.pyc')
  return paths.map(shorten).toSorted()
}

async function becomesHealthy(id: string): Promise<void> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const health = await docker.call('inspect', '--format', '{{.State.Health.Status}}', id)
    if (health === 'healthy') return
    if (performance.now() > deadline)
      throw new Error(`still ${health}: ${await docker.call('logs', id)}`)
    await sleep(200)
  }
}
