import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Engine, ensureEngine } from '../../../scripts/setup/engine.ts'
import { type PrivateEngine, startPrivateEngine } from '../../../scripts/setup/private-engine.ts'
import { openLocalFile } from '../../../src/adapters/disk/file-reader.ts'
import { exportCache } from '../../../src/image/build/cache.ts'
import { checkDockerfile } from '../../../src/image/build/checks.ts'
import { indexTar } from '../../../src/image/push/tar.ts'
import { renderTagReference } from '../../../src/image/reference.ts'
import { commandLinesWith, makePath, pathOf } from '../deploy/tools.ts'
import { Rig } from './rig.ts'

const execute = promisify(execFile)
const setUp = { workDirectory: join(import.meta.dirname, '../../../.work/setup'), log: () => {} }
const RUN_ID = randomUUID().slice(0, 8)
const ENTRY = 'ENTRYPOINT ["/bin/busybox"]\n'
// No other run shares its layers, or takes them away in the middle.
const START = `FROM scratch\nLABEL test=${RUN_ID}\nCOPY busybox /bin/busybox\n`
/** Not a secret: what may stand on no command line and in no layer. */
const VALUE = `planted-${randomUUID()}`
const SECRET = `secret-${randomUUID()}`

/** Only root may start an engine of the newer kind; the shared one is whatever there is. */
const IS_ROOT = process.getuid?.() === 0
const FILE = IS_ROOT ? ['buildx into a file'] : []

let shared: Engine
let modern: PrivateEngine | undefined
const rigs = new Map<string, Rig>()

const PATH = process.env['PATH'] ?? ''

/** A docker that knows no buildx where it is told so. */
const dockerScript = (): string =>
  `#!/bin/sh\nif [ "$1" = buildx ] && [ -n "$WITHOUT_BUILDX" ]; then echo "docker: unknown command: docker buildx" >&2; exit 1; fi\nexec '${pathOf('docker')}' "$@"\n`

beforeAll(async () => {
  shared = await ensureEngine(setUp)
  const engine = await Rig.open({ ...process.env, ...shared.environment })
  const bin = await makePath(join(engine.directory, 'bin'), [], { docker: dockerScript() })
  // Short questions go to what the PATH of this very process finds.
  process.env['PATH'] = [bin, PATH].join(delimiter)
  rigs.set('buildx into the engine', engine)
  const plain = { ...process.env, ...shared.environment, WITHOUT_BUILDX: 'yes' }
  rigs.set('plain docker', await Rig.open(plain))
  if (!IS_ROOT) return
  modern = await startPrivateEngine({ ...setUp, name: 'build', hasContainerdStore: true })
  rigs.set('buildx into a file', await Rig.open({ ...process.env, ...modern.environment }))
}, 120_000)

afterAll(async () => {
  process.env['PATH'] = PATH
  for (const rig of rigs.values()) {
    for (const image of rig.images) await docker(['image', 'rm', '--force', image]).catch(() => {})
    await rig.close()
  }
  await modern?.stop()
  await shared?.stop()
}, 120_000)

function rigOf(way: string): Rig {
  const rig = rigs.get(way)
  if (!rig) throw new Error(`no rig for ${way}`)
  return rig
}

/** On the shared engine, signed in to the registry. */
async function docker(args: readonly string[], config?: string): Promise<string> {
  const env = { ...process.env, ...shared.environment, ...(config && { DOCKER_CONFIG: config }) }
  return (await execute('docker', args, { env })).stdout
}

describe.each(['plain docker', 'buildx into the engine', ...FILE])('%s', (way) => {
  const kind = way === 'buildx into a file' ? 'layout' : 'engine'

  it('builds an image that runs from the registry by its digest', async () => {
    const rig = rigOf(way)
    const context = await rig.plant('run', {
      Dockerfile: `${START}ARG FLAVOUR\nLABEL flavour=$FLAVOUR\nCOPY content /content\n${ENTRY}`,
      content: `hello ${RUN_ID}\n`,
    })
    const image = await rig.build(context, {
      buildArgs: new Map([['FLAVOUR', 'vanilla']]),
      labels: new Map([['org.opencontainers.image.revision', 'abc']]),
    })
    expect(image.kind).toBe(kind)
    const { reference, wasPushed } = await rig.push(image, ['src-1'])
    expect(wasPushed).toBe(true)
    const config = await rig.logIn()
    expect(
      await docker(['run', '--rm', '--pull=always', reference, 'cat', '/content'], config)
    ).toBe(`hello ${RUN_ID}\n`)
    rig.images.push(reference)
    const labels = await docker(['image', 'inspect', '-f', '{{json .Config.Labels}}', reference])
    expect(JSON.parse(labels)).toMatchObject({
      flavour: 'vanilla',
      'org.opencontainers.image.revision': 'abc',
    })
  }, 120_000)

  it('gives equal sources an equal digest, and pushes nothing again', async () => {
    const rig = rigOf(way)
    const files = { Dockerfile: `${START}COPY content /content\n${ENTRY}`, content: RUN_ID }
    const first = await rig.push(await rig.build(await rig.plant('one', files)), ['src-2'])
    // The file of the other checkout is younger; a builder that can forgets that.
    const noCache = kind === 'layout'
    const again = await rig.build(await rig.plant('two', files), { noCache })
    expect(await rig.push(again, ['src-3'])).toEqual({ ...first, wasPushed: false })
  }, 120_000)

  it('shows values of build arguments to no other process', async () => {
    const rig = rigOf(way)
    const context = await rig.plant('args', {
      Dockerfile: `${START}ARG TOKEN\nRUN ["/bin/busybox", "sh", "-c", "test -n \\"$TOKEN\\" && sleep 0.3"]\n`,
    })
    const { seen, looks } = await commandLinesWith(VALUE, () =>
      rig.build(context, { buildArgs: new Map([['TOKEN', VALUE]]) })
    )
    // The step's own process has it in its environment, where only its user looks.
    expect([...seen].filter((line) => line.includes('docker'))).toEqual([])
    expect(looks).toBeGreaterThan(5)
    if (kind !== 'layout') return
    // The history of a RUN tells its arguments, and Docker says so; the provenance adds nothing.
    const file = await openLocalFile(join(rig.directory, 'work/image.tar'))
    const provenance: string[] = []
    for (const { offset, sizeBytes } of (await indexTar(file)).values()) {
      const text = sizeBytes > 100_000 ? '' : String(await file.read(offset, sizeBytes))
      if (text.includes('slsa.dev/provenance') && text.includes('in-toto')) provenance.push(text)
    }
    await file.close()
    expect(provenance.length).toBeGreaterThan(0)
    expect(provenance.join()).not.toContain(VALUE)
  }, 120_000)

  it('tells the step that failed, its last lines and its end', async () => {
    const rig = rigOf(way)
    const context = await rig.plant('failing', {
      Dockerfile: `${START}RUN ["/bin/busybox", "sh", "-c", "for i in $(/bin/busybox seq 40); do echo line $i; done; exit 7"]\n`,
    })
    const error = await rig.build(context, { noCache: true }).catch((it) => it)
    expect(error.code).toBe('IMAGE_BUILD_FAILED')
    expect(error.message).toMatch(/failed \(exit code \d+\) in the step .*RUN/)
    expect(error.message).toContain('line 40')
    expect(error.message).toMatch(/exit code: 7|non-zero code: 7/)
    const line = way === 'plain docker' ? 0 : 4
    expect(error.annotations).toEqual([
      expect.objectContaining({ file: join(context, 'Dockerfile'), line }),
    ])
  }, 120_000)

  it('explains a file that .dockerignore leaves out', async () => {
    const rig = rigOf(way)
    const context = await rig.plant('ignored', {
      Dockerfile: `${START}COPY content /\n`,
      content: 'x',
      '.dockerignore': 'content\n',
    })
    await expect(rig.build(context)).rejects.toMatchObject({
      hint: expect.stringContaining('.dockerignore'),
    })
  }, 60_000)

  it('ends when it is cancelled, and leaves nothing running', async () => {
    const rig = rigOf(way)
    const context = await rig.plant('endless', {
      Dockerfile: `${START}RUN ["/bin/busybox", "sh", "-c", "echo begun; sleep 97"]\n`,
    })
    const cancel = new AbortController()
    const building = rig.build(context, { signal: cancel.signal, noCache: true })
    await rig.saying('begun')
    const askedAt = performance.now()
    cancel.abort(new Error('the plan failed'))
    await expect(building).rejects.toThrow('the plan failed')
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    await rig.ended('sleep\u000097')
    const { seen } = await commandLinesWith(context, async () => undefined)
    expect([...seen]).toEqual([])
  }, 60_000)
})

describe.each(['buildx into the engine', ...FILE])('%s', (way) => {
  it('builds on the base that was resolved, whatever its tag means by now', async () => {
    const rig = rigOf(way)
    const base = `${rig.repository.host}/${rig.repository.path}`
    const pushBase = async (content: string): Promise<string> => {
      const files = { Dockerfile: `${START}COPY version /version\n`, version: content }
      const image = await rig.build(await rig.plant(`base-${content}`, files))
      return (await rig.push(image, ['base'])).reference.split('@')[1] ?? ''
    }
    const digest = await pushBase('old')
    await pushBase('new')
    const context = await rig.plant('pinned', {
      Dockerfile: `FROM ${base}:base\nRUN ["/bin/busybox", "cat", "/version"]\n`,
    })
    const cache = renderTagReference(rig.repository, 'buildcache-1')
    const bases = [{ name: `${base}:base`, digest }]
    await rig.build(context, { bases, cache, noCache: true })
    expect(rig.log.of('info')).toContain('  old')
    await rig.build(context, { cache, noCache: true })
    expect(rig.log.of('info')).toContain('  new')
  }, 120_000)

  it('gives a step a secret that is in no file, no layer and on no command line', async () => {
    const rig = rigOf(way)
    const context = await rig.plant('secret', {
      Dockerfile: `${START}RUN --mount=type=secret,id=npmrc ["/bin/busybox", "sh", "-c", "/bin/busybox wc -c < /run/secrets/npmrc"]\n`,
    })
    const secrets = new Map([['npmrc', SECRET]])
    const { seen } = await commandLinesWith(SECRET, () =>
      rig.build(context, { secrets, noCache: true })
    )
    expect(rig.log.of('info')).toContain(`  ${SECRET.length}`)
    expect([...seen]).toEqual([])
    expect(rig.log.text).not.toContain(SECRET)
    if (kindOf(way) === 'layout') {
      expect((await readFile(join(rig.directory, 'work/image.tar'))).includes(SECRET)).toBe(false)
    }
  }, 120_000)
})

describe('plain docker', () => {
  it('refuses build secrets, and says what can', async () => {
    const rig = rigOf('plain docker')
    const context = await rig.plant('refused', { Dockerfile: START })
    await expect(
      rig.build(context, { secrets: new Map([['npmrc', SECRET]]) })
    ).rejects.toMatchObject({
      message: 'Docker without buildx takes no build secrets.',
      hint: expect.stringContaining('docker/setup-buildx-action'),
    })
  })
})

const describeAsRoot = IS_ROOT ? describe : describe.skip
describeAsRoot('buildx into a file', () => {
  it('keeps layers for a runner that has none, and how the image was made', async () => {
    const rig = rigOf('buildx into a file')
    const context = await rig.plant('cached', {
      Dockerfile: `${START}RUN ["/bin/busybox", "sh", "-c", "echo slow step ${RUN_ID}"]\nCOPY content /\n`,
      content: '1',
    })
    const { repository } = rig
    const cache = renderTagReference(repository, 'buildcache-1')
    const options = { ...rig.buildOptions(context), registryHost: repository.host, cache }
    // There is none yet, which spoils nothing.
    const { reference } = await rig.push(await rig.build(context, options), ['src-9'])
    await exportCache(rig.ports(), await rig.builder(), options)
    await execute('docker', ['builder', 'prune', '--all', '--force'], {
      env: { ...process.env, ...modern?.environment },
    })
    await rig.plant('cached', { content: '2' })
    rig.log.entries.length = 0
    await rig.build(context, options)
    expect(rig.log.text).toMatch(/RUN .*slow step.* \(cached\)/)
    expect(rig.log.text).not.toContain('  slow step')

    const tag = `attested-${reference.split('sha256:')[1]?.slice(0, 12)}`
    const { images } = rig.harness.emulator.cloud
    const index = JSON.parse(images.find(rig.repository.path, tag)?.bytes.toString() ?? '{}')
    expect(index.manifests.map(({ digest }: { digest: string }) => digest)).toContain(
      reference.split('@')[1]
    )
  }, 120_000)

  it('has no checks where buildx knows none, and says nothing of it', async () => {
    const rig = rigOf('buildx into a file')
    const builder = await rig.builder()
    const context = await rig.plant('checked', { Dockerfile: `${START}MAINTAINER me\n` })
    const found = await checkDockerfile(rig.ports(), builder, rig.buildOptions(context))
    expect(found.length > 0).toBe(builder.can.checks)
  }, 60_000)
})

describe('findBuilder', () => {
  it('takes less than half a second', async () => {
    const times: number[] = []
    for (let turn = 0; turn < 5; turn++) {
      const startedAt = performance.now()
      await rigOf('buildx into the engine').builder()
      times.push(performance.now() - startedAt)
    }
    expect(Math.min(...times)).toBeLessThan(500)
  }, 30_000)

  it('refuses an engine that is not there', async () => {
    const gone = await Rig.open({ ...process.env, DOCKER_HOST: 'unix:///run/no-engine.sock' })
    await expect(gone.builder()).rejects.toMatchObject({ code: 'IMAGE_NO_ENGINE' })
    await gone.close()
    await rm(gone.directory, { recursive: true, force: true })
  }, 30_000)
})

function kindOf(way: string): 'layout' | 'engine' {
  return way === 'buildx into a file' ? 'layout' : 'engine'
}
