import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { run } from '../../../scripts/setup/command.ts'
import { type Engine, ensureEngine } from '../../../scripts/setup/engine.ts'
import { readDockerfile } from '../../../src/image/dockerfile/dockerfile.ts'
import { parseImageName, renderImageName } from '../../../src/image/reference.ts'
import { DockerfileGenerator, type Generated, randomFrom } from './generated.ts'

const CASES = Number(process.env['CASES'] ?? 25)
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
let engine: Engine
let registry: Server
let host: string
let directory: string
/** Makes BuildKit read everything and build nothing; older versions call it otherwise. */
let outline: '--call=outline' | '--print=outline'

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const digestOf = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`
const CONFIG = JSON.stringify({
  architecture: 'amd64',
  os: 'linux',
  config: {},
  rootfs: { type: 'layers', diff_ids: [] },
})
const IMAGE = JSON.stringify({
  schemaVersion: 2,
  mediaType: MANIFEST,
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: digestOf(CONFIG),
    size: CONFIG.length,
  },
  layers: [],
})

/** A registry that has one empty image under every name. */
function startRegistry(): Promise<Server> {
  const server = createServer(({ url, method }, response) => {
    const isManifest = url?.includes('/manifests/') ?? false
    const body = isManifest ? IMAGE : CONFIG
    response.setHeader('content-type', isManifest ? MANIFEST : 'application/octet-stream')
    response.setHeader('content-length', body.length)
    response.setHeader('docker-content-digest', digestOf(body))
    response.end(method === 'HEAD' ? undefined : body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

beforeAll(async () => {
  engine = await ensureEngine({
    workDirectory: join(import.meta.dirname, '../../../.work/setup'),
    log: () => undefined,
  })
  const environment = { ...process.env, ...engine.environment }
  const help = await run('docker', ['buildx', 'build', '--help'], { environment })
  outline = help.stdout.includes('--call ') ? '--call=outline' : '--print=outline'
  directory = await mkdtemp(join(tmpdir(), 'buildkit-test-'))
  registry = await startRegistry()
  const address = registry.address()
  host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}, 120_000)

afterAll(async () => {
  registry?.closeAllConnections()
  registry?.close()
  await engine?.stop()
  await rm(directory, { recursive: true, force: true })
}, 60_000)

/** What the real builder asks of registries, by its own account; undefined when it refuses the file. */
async function askBuildKit(
  { text, target, buildArgs }: Generated,
  flags: readonly string[] = [outline]
): Promise<readonly string[] | undefined> {
  await writeFile(join(directory, 'Dockerfile'), text)
  const args = [
    ...['buildx', 'build', '--progress=plain', ...flags],
    ...(target === undefined ? [] : [`--target=${target}`]),
    ...[...buildArgs].map(([name, value]) => `--build-arg=${name}=${value}`),
    directory,
  ]
  const environment = { ...process.env, ...engine.environment, BUILDX_EXPERIMENTAL: '1' }
  const { stderr } = await run('docker', args, { environment })
  const asked = [...stderr.matchAll(/\[internal\] load metadata for (\S+)$/gm)].map(
    ([, name = '']) => name
  )
  const isRefused = /^ERROR: .*(parse error|circular dependency|needs to be defined before)/m
  if (isRefused.test(stderr)) return undefined
  if (!stderr.includes('load build definition'))
    throw new Error(`BuildKit did not read it: ${stderr}`)
  return [...new Set(asked)].sort()
}

function readOurselves({ text, target, buildArgs }: Generated): readonly string[] {
  const { images } = readDockerfile(text, {
    target,
    buildArgs,
    platforms: [],
    builderPlatform: 'linux/amd64',
    builder: 'buildkit',
  })
  const names = images.map(({ name }) => {
    const image = parseImageName(name)
    return image ? renderImageName(image) : `no reference: ${name}`
  })
  return [...new Set(names)].sort()
}

describe('readDockerfile', () => {
  it(`finds the images that BuildKit asks for (SEED=${seed} CASES=${CASES})`, async () => {
    const generator = new DockerfileGenerator(randomFrom(seed), host)
    let compared = 0
    for (let at = 0; at < CASES; at++) {
      const generated = generator.generate()
      const asked = await askBuildKit(generated)
      if (asked === undefined) continue
      compared++
      expect({ ...generated, images: readOurselves(generated) }).toEqual({
        ...generated,
        images: asked,
      })
    }
    // Most of them must be files that BuildKit takes, or the comparison says little.
    expect(compared).toBeGreaterThan(CASES / 2)
  }, 300_000)

  it('finds them for another platform', async () => {
    const text =
      'ARG T=${TARGETOS}-${TARGETARCH}${TARGETVARIANT}\nFROM --platform=$BUILDPLATFORM HOST/a:$T'
    const generated = { text: text.replace('HOST', host), target: undefined, buildArgs: new Map() }
    // An outline is always one for the builder's own platform.
    const flags = ['--platform=linux/arm/v6', '--output=type=cacheonly']
    const asked = await askBuildKit(generated, flags)
    const { images } = readDockerfile(generated.text, {
      ...generated,
      platforms: ['linux/arm/v6'],
      builderPlatform: 'linux/amd64',
      builder: 'buildkit',
    })
    expect(images.map(({ name }) => name)).toEqual(asked)
  }, 60_000)

  it('can be made to fail: a reading that misses a stage is noticed', async () => {
    const text = `FROM ${host}/one AS s\nFROM ${host}/two\nCOPY --from=s /a /b`
    const generated = { text, target: undefined, buildArgs: new Map<string, string>() }
    const shortened = { ...generated, text: text.replace('COPY', '# COPY') }
    expect(await askBuildKit(generated)).not.toEqual(readOurselves(shortened))
  }, 60_000)
})
