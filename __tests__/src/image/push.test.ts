import { describe, expect, it } from '@jest/globals'
import { type PushPorts, pushImage, renderLogin } from '../../../src/image/push.ts'
import { renderDigestReference } from '../../../src/image/reference.ts'
import { asRecord, asText, parseJson } from '../../../src/lib/json.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'
import { fixedTokens, TOKEN } from '../../fakes/fixed-tokens.ts'
import { MemoryFiles } from '../../fakes/memory-files.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import {
  type Answer,
  type Call,
  ScriptedCommands,
  untilInterrupted,
} from '../../fakes/scripted-commands.ts'

const ID = `sha256:${'1d'.repeat(32)}`
const DIGEST = `sha256:${'d1'.repeat(32)}`
const TAG = `build-${'1d'.repeat(32)}`
const REPOSITORY = { host: 'europe-west1-docker.pkg.dev', path: 'mervis-demo/mervis/mervis' }
const PUSHED = renderDigestReference(REPOSITORY, DIGEST)
const ENGINE = { hasBuildx: true, host: 'unix:///run/user/docker.sock' }
const CONFIG = '/job/docker-config/config.json'

function setUp(
  script: Readonly<Record<string, Answer>> = {},
  signal = new AbortController().signal
) {
  const cloud = new FakeCloud(new FakeClock())
  const files = new MemoryFiles()
  const log = new RecordingLog()
  const commands = new ScriptedCommands({
    'docker tag': {},
    'docker push': () => {
      cloud.manifests.set(TAG, { digest: DIGEST, config: ID })
      return {}
    },
    'docker image inspect': { stdout: JSON.stringify(['other/x@sha256:0', PUSHED]) },
    ...script,
  })
  const ports: PushPorts = {
    commands,
    files,
    log,
    tokens: fixedTokens,
    google: cloud.clients(signal).google,
  }
  const push = () =>
    pushImage(ports, ENGINE, {
      imageId: ID,
      repository: REPOSITORY,
      projectId: 'mervis-demo',
      workDirectory: '/job',
      signal,
    })
  return { cloud, files, log, commands, push }
}

describe('pushImage', () => {
  it('pushes, and gives the digest on which engine and registry agree', async () => {
    const { push, commands } = setUp()
    expect(await push()).toEqual({ reference: PUSHED, wasPushed: true })
    expect(commands.lines).toEqual([
      `docker tag ${ID} ${REPOSITORY.host}/${REPOSITORY.path}:${TAG}`,
      `docker push --quiet ${REPOSITORY.host}/${REPOSITORY.path}:${TAG}`,
      `docker image inspect --format {{json .RepoDigests}} ${ID}`,
    ])
  })

  it.each([
    ['as an image', { digest: DIGEST, config: ID }, DIGEST],
    ['as an index, whose digest is the id', { digest: ID, config: '' }, ID],
  ])('pushes nothing when the registry has it already %s', async (_, manifest, digest) => {
    const { push, commands, cloud } = setUp()
    cloud.manifests.set(TAG, manifest)
    expect(await push()).toEqual({
      reference: renderDigestReference(REPOSITORY, digest),
      wasPushed: false,
    })
    expect(commands.lines).toEqual([])
  })

  it('is not taken in by a tag that leads to another image', async () => {
    const { push, cloud } = setUp()
    cloud.manifests.set(TAG, {
      digest: `sha256:${'0'.repeat(64)}`,
      config: `sha256:${'9'.repeat(64)}`,
    })
    expect(await push()).toEqual({ reference: PUSHED, wasPushed: true })
  })

  it("logs in with a file of its own, at the engine of the user's context", async () => {
    let seen: { call: Call; config: string | undefined } | undefined
    const { push, files, cloud } = setUp({
      'docker push': (call) => {
        seen = { call, config: files.contents.get(CONFIG) }
        cloud.manifests.set(TAG, { digest: DIGEST, config: ID })
        return {}
      },
    })
    await push()
    expect(seen?.call.options.env).toEqual({
      DOCKER_CONFIG: '/job/docker-config',
      DOCKER_HOST: ENGINE.host,
    })
    const auths = asRecord(asRecord(parseJson(seen?.config ?? ''))['auths'])
    const { auth } = asRecord(auths[REPOSITORY.host])
    expect(Buffer.from(asText(auth), 'base64').toString()).toBe(`oauth2accesstoken:${TOKEN}`)
  })

  it('says the token neither on a command line nor in the log', async () => {
    const { push, commands, log } = setUp()
    await push()
    expect(commands.lines.join('\n')).not.toContain(TOKEN)
    expect(log.text).not.toContain(TOKEN)
    expect(JSON.stringify(commands.calls.map((call) => call.options.env))).not.toContain(TOKEN)
  })

  it.each<[string, Answer]>([
    ['the push succeeds', {}],
    ['the push fails', { exitCode: 1, stderr: 'denied' }],
    ['docker cannot be started', new Error('spawn docker ENOENT')],
  ])('removes the login when %s', async (_, answer) => {
    const { push, files } = setUp({ 'docker push': answer })
    await push().catch(() => undefined)
    expect(files.history.map(({ path }) => path)).toEqual([CONFIG])
    expect(await files.exists(CONFIG)).toBe(false)
  })

  it('removes the login when it is cancelled, and ends with the reason', async () => {
    const cancel = new AbortController()
    const begun = Promise.withResolvers<void>()
    const { push, files } = setUp(
      {
        'docker push': (call) => {
          begun.resolve()
          return untilInterrupted(call)
        },
      },
      cancel.signal
    )
    const pushing = push()
    await begun.promise
    expect(await files.exists(CONFIG)).toBe(true)
    cancel.abort(new Error('the apply failed'))
    await expect(pushing).rejects.toThrow('the apply failed')
    expect(await files.exists(CONFIG)).toBe(false)
  })

  it('names the role that is missing when the registry denies the push', async () => {
    const stderr =
      'The push refers to repository [europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis]\ndenied: Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "projects/mervis-demo/locations/europe-west1/repositories/mervis" (or it may not exist)\n'
    const { push } = setUp({ 'docker push': { exitCode: 1, stderr } })
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringMatching(
        /^Could not push the image to europe-west1-docker\.pkg\.dev\/mervis-demo\/mervis\/mervis: denied: Permission/
      ),
      hint: expect.stringContaining('roles/artifactregistry.writer'),
    })
  })

  it('says so when docker says nothing', async () => {
    const { push } = setUp({ 'docker tag': { exitCode: 125 } })
    await expect(push()).rejects.toThrow('docker ended with exit code 125 and said nothing')
  })

  it.each([
    [
      'another digest',
      () => ({ digest: `sha256:${'0'.repeat(64)}`, config: ID }),
      `sha256:${'0'.repeat(64)}`,
    ],
    ['nothing', () => undefined, 'nothing'],
  ])('refuses to go on when the registry then has %s', async (_, manifest, said) => {
    const { push, cloud } = setUp({
      'docker push': () => {
        const found = manifest()
        if (found) cloud.manifests.set(TAG, found)
        return {}
      },
    })
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringContaining(`The registry has ${said} where`),
      hint: expect.stringContaining('run the job again'),
    })
  })

  it('refuses to go on when the engine knows of no push', async () => {
    const { push } = setUp({ 'docker image inspect': { stdout: 'null' } })
    await expect(push()).rejects.toThrow('the engine says it pushed nothing')
  })
})

describe('renderLogin', () => {
  it('is what docker login would write', () => {
    expect(JSON.parse(renderLogin('h', 't'))).toEqual({
      auths: { h: { auth: Buffer.from('oauth2accesstoken:t').toString('base64') } },
    })
  })
})
