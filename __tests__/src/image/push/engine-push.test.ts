import { describe, expect, it } from '@jest/globals'
import { pushImage } from '../../../../src/image/push/push.ts'
import { renderDigestReference } from '../../../../src/image/reference.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'
import { MemoryFiles } from '../../../fakes/memory-files.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import {
  type Answer,
  ScriptedCommands,
  untilInterrupted,
} from '../../../fakes/scripted-commands.ts'
import { folderWith } from '../build/scene.ts'
import { FakeRegistry } from './fake-registry.ts'
import { digestOf } from './layouts.ts'

const ID = `sha256:${'1d'.repeat(32)}`
const TAG = `build-${'1d'.repeat(32)}`
const REPOSITORY = { host: 'europe-west1-docker.pkg.dev', path: 'p/r/app' }
const MANIFEST = JSON.stringify({ schemaVersion: 2, config: { digest: ID }, layers: [] })
const DIGEST = digestOf(Buffer.from(MANIFEST))
const REFERENCE = renderDigestReference(REPOSITORY, DIGEST)
const SAID = `${TAG}: digest: ${DIGEST} size: 528`
const CONFIG = '/job/push-config/config.json'

function scene(
  answers: readonly (Answer | 'pushes')[] | Answer = ['pushes'],
  signal?: AbortSignal
) {
  const registry = new FakeRegistry(Buffer.alloc(0))
  const clock = new FakeClock()
  const log = new RecordingLog()
  const files = new MemoryFiles()
  const succeed: Answer = () => {
    registry.manifests.set(TAG, MANIFEST)
    registry.manifests.set(DIGEST, MANIFEST)
    registry.blobs.set(ID, Buffer.alloc(1))
    return { stdout: `5f70bf18a086: Preparing\n5f70bf18a086: Pushed\n${SAID}` }
  }
  const list = Array.isArray(answers) ? answers : [answers]
  const commands = new ScriptedCommands({
    'docker tag': {},
    'docker push': list.map((answer) => (answer === 'pushes' ? succeed : answer)),
  })
  let count = 0
  const tokens = { accessToken: async () => `ya29.token-${++count}` }
  const ports = {
    commands,
    files,
    clock,
    log,
    tokens,
    google: googleClientOn(registry, { clock, log }),
    clientFolder: folderWith('{"currentContext":"far"}'),
    openFile: async () => {
      throw new Error('there is no file')
    },
    sender: registry,
    random: () => 1,
  }
  const push = (tags: readonly [string, ...string[]] = ['src-1']) =>
    pushImage(ports, {
      image: { kind: 'engine', imageId: ID },
      repository: REPOSITORY,
      projectId: 'mervis-demo',
      tags,
      registryUrl: 'https://europe-west1-docker.pkg.dev/',
      workDirectory: '/job',
      signal: signal ?? new AbortController().signal,
    })
  return { registry, push, commands, log, files, clock }
}

describe('pushImage of an image in the engine', () => {
  it('pushes under the tag of its id, and sets the other tags in the registry', async () => {
    const { push, commands, registry, log } = scene()
    expect(await push(['src-1', TAG])).toEqual({ reference: REFERENCE, wasPushed: true })
    const tag = `europe-west1-docker.pkg.dev/p/r/app:${TAG}`
    expect(commands.lines).toEqual([`docker tag ${ID} ${tag}`, `docker push ${tag}`])
    expect(registry.requests.filter((line) => line.startsWith('PUT'))).toEqual([
      'PUT manifests/src-1',
    ])
    expect(log.of('info')).toEqual(['5f70bf18a086: Pushed', SAID])
  })

  it('pushes nothing when the registry has the image', async () => {
    const { push, commands, registry } = scene()
    await push()
    commands.calls.length = 0
    expect(await push(['src-2'])).toEqual({ reference: REFERENCE, wasPushed: false })
    expect(commands.lines).toEqual([])
    expect(registry.manifests.get('src-2')).toBe(MANIFEST)
  })

  it("signs in beside the user's own configuration, which stays as it is", async () => {
    const { push, files, commands } = scene()
    await push()
    expect(files.history).toEqual([
      { path: CONFIG, content: expect.stringContaining('"currentContext":"far"') },
    ])
    expect(await files.exists(CONFIG)).toBe(false)
    expect(commands.call('docker push').options.env).toEqual({
      BUILDX_CONFIG: '/home/user/.docker/buildx',
      DOCKER_CONFIG: '/job/push-config',
    })
  })

  // As docker 26.1.5 prints them.
  it.each([
    'received unexpected HTTP status: 500 Internal Server Error',
    'received unexpected HTTP status: 503 Service Unavailable',
    'error parsing HTTP 502 response body: invalid character',
    'unexpected EOF',
    'EOF',
    'Patch "http://x/v2/p/blobs/uploads/1": write tcp: write: connection reset by peer',
    'net/http: TLS handshake timeout',
    'dial tcp 10.0.0.1:443: connect: connection refused',
    'dial tcp: lookup x on 127.0.0.53:53: read udp: i/o timeout',
    'toomanyrequests: Quota exceeded for quota metric',
    'unauthorized: authentication failed',
  ])('tries again with a fresh token after: %s', async (stderr) => {
    const { push, files, clock } = scene([
      { exitCode: 1, stderr },
      { exitCode: 1, stderr },
      'pushes',
    ])
    const startedAt = clock.now()
    expect(await push()).toEqual({ reference: REFERENCE, wasPushed: true })
    expect(new Set(files.history.map(({ content }) => content)).size).toBe(3)
    expect(clock.now() - startedAt).toBe(2_000 + 6_000)
  })

  it('gives up after three attempts', async () => {
    const failing = { exitCode: 1, stderr: 'unexpected EOF' }
    const { push, commands } = scene([failing, failing, failing, 'pushes'])
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      isPassing: true,
      message: expect.stringContaining('unexpected EOF (3 attempts)'),
    })
    expect(commands.lines.filter((line) => line.startsWith('docker push'))).toHaveLength(3)
  })

  it.each([
    [
      'denied: Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "x"',
      'gcloud artifacts repositories add-iam-policy-binding r --location=europe-west1 --project=mervis-demo --member=MEMBER --role=roles/artifactregistry.writer',
    ],
    ['name unknown: Repository "r" not found', 'There is no repository r in'],
    [
      'denied: Artifact Registry API has not been used in project before or it is disabled.',
      'gcloud services enable artifactregistry.googleapis.com --project=mervis-demo',
    ],
    ['write /var/lib/docker/x: no space left on device', 'The disk of the runner is full'],
    ['Cannot connect to the Docker daemon at unix:///x. Is it running?', 'run the job again'],
    ['', 'run the job again'],
  ])('stops at once after: %s', async (stderr, hint) => {
    const { push, files } = scene([{ exitCode: 1, stderr }])
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringContaining(stderr || 'docker ended with exit code 1 and said nothing'),
      hint: expect.stringContaining(hint),
    })
    expect(await files.exists(CONFIG)).toBe(false)
  })

  it('ends with the reason of a cancel, and takes the login away', async () => {
    const cancel = new AbortController()
    const begun = Promise.withResolvers<void>()
    const { push, files } = scene((call) => {
      begun.resolve()
      return untilInterrupted(call)
    }, cancel.signal)
    const pushing = push()
    await begun.promise
    expect(await files.exists(CONFIG)).toBe(true)
    cancel.abort(new Error('the apply failed'))
    await expect(pushing).rejects.toThrow('the apply failed')
    expect(await files.exists(CONFIG)).toBe(false)
  })

  it.each([
    ['another digest', JSON.stringify({ schemaVersion: 2, other: 1 })],
    ['nothing', undefined],
  ])('refuses to go on when the registry then has %s', async (_, manifest) => {
    const { push, registry } = scene(() => {
      if (manifest) registry.manifests.set(TAG, manifest)
      return { stdout: SAID }
    })
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringMatching(/the registry has (nothing|sha256:\w+) under the tag build-/),
      hint: expect.stringContaining('run the job again'),
    })
  })

  it('does not believe a push that names no digest', async () => {
    const { push } = scene([{}])
    await expect(push()).rejects.toThrow('docker does not say what it pushed')
  })
})
