import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { run, runOrThrow } from '../../../scripts/setup/command.ts'
import { type Engine, ensureEngine } from '../../../scripts/setup/engine.ts'
import { type PrivateEngine, startPrivateEngine } from '../../../scripts/setup/private-engine.ts'
import { LocalByteStreams } from '../../../src/adapters/processes/byte-stream.ts'
import { describeError } from '../../../src/errors.ts'
import { parseAllowList } from '../../../src/image/gate/allow-list.ts'
import type { GatedFinding } from '../../../src/image/gate/findings.ts'
import { guardFindings, scanImage } from '../../../src/image/gate/gate.ts'
import { engineImage, type ImageSource, layoutFile } from '../../../src/image/gate/image/source.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'

const root = join(import.meta.dirname, '../../..')
const setUp = { workDirectory: join(root, '.work/setup'), log: (): void => undefined }
const runId = randomUUID().slice(0, 8)
const name = (what: string): string => `gate-test-${runId}:${what}`

/** All made for this run. */
const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  type: 'sec1',
  format: 'pem',
})
const apiKey = (): string =>
  `AIza${randomBytes(60).toString('base64').replace(/\W/g, '')}`.slice(0, 39)
const [baseKey, ownKey, argument, label] = [apiKey(), apiKey(), apiKey(), apiKey()]
const values = [ownKey, argument, label, String(privateKey).split('\n')[1] ?? '']

const BASE = `FROM scratch
COPY busybox /bin/sh
COPY busybox /bin/rm
COPY base.pem /etc/base.pem
ENV BASE_KEY=${baseKey}
COPY clean.txt /etc/clean.txt
`

const leaking = (base: string): string => `FROM ${base}
ARG TOKEN
COPY key.pem clean.txt /srv/
RUN rm /srv/key.pem
ENV API_KEY=${ownKey}
LABEL contact=${label}
RUN rm -f /srv/nothing
`

const clean = (base: string): string => `FROM ${base}
COPY clean.txt /srv/
ENV MODE=production
CMD ["/bin/sh"]
`

let context = ''
let engine: Engine
let modern: PrivateEngine
const images: string[] = []

beforeAll(async () => {
  context = mkdtempSync(join(tmpdir(), 'gate-e2e-'))
  copyFileSync('/bin/busybox', join(context, 'busybox'))
  chmodSync(join(context, 'busybox'), 0o755)
  writeFileSync(join(context, 'clean.txt'), 'nothing to see\n')
  for (const path of ['key.pem', 'base.pem']) writeFileSync(join(context, path), privateKey)
  ;[engine, modern] = await Promise.all([
    ensureEngine(setUp),
    startPrivateEngine({ ...setUp, name: 'gate', hasContainerdStore: true }),
  ])
}, 120_000)

afterAll(async () => {
  if (images.length > 0) await docker(engine, 'image', 'rm', '--force', ...images)
  await Promise.all([engine?.stop(), modern?.stop()])
  rmSync(context, { recursive: true, force: true })
}, 60_000)

type AnyEngine = Pick<Engine, 'environment'>

function environmentOf({ environment }: AnyEngine): NodeJS.ProcessEnv {
  return { ...process.env, ...environment }
}

async function docker(on: AnyEngine, ...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { environment: environmentOf(on) })
  return stdout.trim()
}

interface Build {
  readonly on: AnyEngine
  readonly dockerfile: string
  readonly args: readonly string[]
  readonly buildkit?: '0' | '1'
}

async function build({ on, dockerfile, args, buildkit = '1' }: Build): Promise<void> {
  const path = join(context, `Dockerfile.${randomUUID()}`)
  writeFileSync(path, dockerfile)
  const command = [...(buildkit === '1' ? ['buildx'] : []), 'build', '--file', path]
  const environment = { ...environmentOf(on), DOCKER_BUILDKIT: buildkit }
  const all = [...command, '--build-arg', `TOKEN=${argument}`, ...args, context]
  await runOrThrow('docker', all, { environment, hint: 'See the Dockerfile.' })
}

async function layersOf(on: AnyEngine, image: string): Promise<string[]> {
  return JSON.parse(
    await docker(on, 'image', 'inspect', '--format', '{{json .RootFS.Layers}}', image)
  )
}

function search(
  source: ImageSource,
  baseLayers: readonly string[]
): Promise<readonly GatedFinding[]> {
  const { signal } = new AbortController()
  return scanImage(source, { baseLayers, allowList: parseAllowList(''), signal })
}

function streamsOf(on: AnyEngine): LocalByteStreams {
  return new LocalByteStreams(environmentOf(on))
}

/** What people would read. */
function refusalOf(findings: readonly GatedFinding[]): string {
  try {
    guardFindings('block', findings, 'image', new RecordingLog())
    return 'passed'
  } catch (error) {
    return describeError(error)
  }
}

describe.each([
  ['docker buildx build', '1'],
  ['plain docker build', '0'],
] as const)('an image made by %s', (_, buildkit) => {
  const tags = {
    base: name(`base-${buildkit}`),
    leaking: name(`bad-${buildkit}`),
    clean: name(`ok-${buildkit}`),
  }
  const load = buildkit === '1' ? ['--load'] : []
  let baseLayers: readonly string[] = []

  beforeAll(async () => {
    const make = (tag: string, dockerfile: string) =>
      build({ on: engine, dockerfile, args: [...load, '--tag', tag], buildkit })
    images.push(...Object.values(tags))
    await make(tags.base, BASE)
    await make(tags.leaking, leaking(tags.base))
    await make(tags.clean, clean(tags.base))
    baseLayers = await layersOf(engine, tags.base)
  }, 90_000)

  const searchTag = (tag: string) => search(engineImage(streamsOf(engine), tag), baseLayers)

  it('is refused with each secret and its layer, even where the file is gone', async () => {
    const text = refusalOf(await searchTag(tags.leaking))
    expect(text).toMatch(/^The image holds 4 secrets:/)
    expect(text).toMatch(
      /^ {2}srv\/key\.pem:1 {2}.+ {2}layer 5 of \d \(COPY (key\.pem clean\.txt \/srv\/|… \/srv\/)\)$/m
    )
    expect(text).toMatch(/^ {2}ENV API_KEY {2}Google API key \(google-api-key\) {2}image config$/m)
    expect(text).toMatch(
      /^ {2}LABEL contact {2}Google API key \(google-api-key\) {2}image config$/m
    )
    expect(text).toMatch(/^ {2}build argument TOKEN {2}.+ {2}image history$/m)
    for (const value of values) expect(text).not.toContain(value)
  }, 30_000)

  it('passes where only its base holds some', async () => {
    expect(await searchTag(tags.clean)).toEqual([])
    expect(await search(engineImage(streamsOf(engine), tags.clean), [])).toHaveLength(2)
  }, 30_000)
})

describe('an OCI archive of several platforms', () => {
  const file = (what: string): string => join(context, `${what}.tar`)
  const dockerfile = `FROM scratch
ARG TARGETARCH
ARG TOKEN
COPY key.pem /\${TARGETARCH}.pem
`

  it.each(['gzip', 'zstd', 'uncompressed'])(
    'is searched in all of them (%s)',
    async (packing) => {
      const output = `type=oci,dest=${file(packing)},compression=${packing},force-compression=true`
      const platforms = ['--platform=linux/amd64,linux/arm64', '--provenance=mode=max']
      await build({ on: modern, dockerfile, args: [...platforms, `--output=${output}`] })
      const found = await search(layoutFile(streamsOf(modern), file(packing)), [])
      expect(found.map(({ path, layer }) => `${path}: ${layer}`).sort()).toEqual([
        'amd64.pem: linux/amd64, layer 1 of 1 (COPY key.pem /amd64.pem)',
        'arm64.pem: linux/arm64, layer 1 of 1 (COPY key.pem /arm64.pem)',
        'build argument TOKEN: provenance attestation',
      ])
    },
    60_000
  )

  it('is searched as the engine of its kind saves it, the base left out', async () => {
    const [base, image] = [name('base'), name('image')]
    await build({
      on: modern,
      dockerfile: 'FROM scratch\nCOPY base.pem /\n',
      args: ['--tag', base],
    })
    const baseLayers = await layersOf(modern, base)
    const own = `FROM ${base}\nCOPY key.pem /\n`
    await build({ on: modern, dockerfile: own, args: ['--tag', image] })
    const found = await search(engineImage(streamsOf(modern), image), baseLayers)
    expect(found.map(({ path }) => path)).toEqual(['key.pem'])
  }, 60_000)
})

describe('an image that is gone', () => {
  it('is no clean image', async () => {
    await expect(search(engineImage(streamsOf(engine), name('none')), [])).rejects.toMatchObject({
      code: 'IMAGE_SECRETS',
      message: expect.stringMatching(
        /could not be searched for secrets: docker ended with exit code 1: .+\.$/
      ),
    })
  })
})
