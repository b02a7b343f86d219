import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { planPullRequest } from './pull-request.ts'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'

/** Made anew for each run: no key stands in this repository. */
function aPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
}

function stepsOf(run: ActionRun): ReadonlyMap<string, number> {
  const steps: readonly { readonly name: string; readonly ms: number }[] = JSON.parse(
    run.outputs.get('steps') ?? '[]'
  )
  return new Map(steps.map(({ name, ms }) => [name, ms]))
}

/** What went to the registry to be kept. */
function pushesIn(requests: readonly string[]): readonly string[] {
  return requests.filter((request) => /^(POST|PUT|PATCH) \/v2\/(?!token)/.test(request))
}

describe('dist/ and the image', () => {
  let stage: Stage
  let first: ActionRun
  let commit = 0

  /** Each push is another commit, whatever it changes. */
  async function push(inputs: Readonly<Record<string, string>> = {}) {
    const from = stage.emulator.requests.length
    const said = stage.log.length
    commit += 1
    const run = await stage.push({
      inputs: { size: '0', ...inputs },
      environment: { GITHUB_SHA: String(commit % 10).repeat(40) },
    })
    return {
      run,
      requests: stage.requestsSince(from),
      log: stage.log.slice(said).join('\n'),
      outcome: run.outputs.get('outcome'),
      image: run.outputs.get('image') ?? '',
    }
  }

  beforeAll(async () => {
    stage = await Stage.open()
    await stage.write('.dockerignore', 'docs\n*.md\n')
    first = (await push()).run
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it('is found again by its source: the registry has a tag for it', async () => {
    expect(errorOf(first)).toBe('')
    const { tags } = await stage.read('/v2/mervis-demo/web/web/tags/list')
    expect(tags).toEqual(
      expect.arrayContaining([expect.stringMatching(/^src-[0-9a-f]{64}-[0-9]{10}$/)])
    )
  })

  it(
    'is neither built nor pushed for a commit that changes only what is ignored',
    async () => {
      await mkdir(join(stage.workspace, 'docs'))
      await stage.write('docs/a.txt', 'words')
      await stage.write('README.md', 'more words')
      const { run, outcome, requests, log, image } = await push()
      expect(errorOf(run)).toBe('')
      expect(outcome).toBe('unchanged')
      expect(image).toBe(first.outputs.get('image'))
      expect(pushesIn(requests)).toEqual([])
      expect(log).toContain('The registry has the image of this source')
      expect(stepsOf(run).has('build')).toBe(false)
      expect(stepsOf(run).get('image')).toBeLessThan(5_000)
    },
    PER_PUSH_MS
  )

  it(
    'is built when a file of the context, the Dockerfile or a build argument differs',
    async () => {
      const images = new Set([first.outputs.get('image')])
      await stage.write('content', 'second')
      images.add((await push()).image)
      await stage.write(
        'Dockerfile',
        'FROM scratch\nARG FLAVOUR\nCOPY content /x\nLABEL f=$FLAVOUR\n'
      )
      images.add((await push()).image)
      images.add((await push({ build_args: 'FLAVOUR=plain' })).image)
      expect(images.size).toBe(4)
      expect([...images]).not.toContain('')
    },
    PER_PUSH_MS * 3
  )

  it(
    'is taken from the registry when an earlier source comes back, and the release with it',
    async () => {
      await stage.write('content', 'first')
      await stage.write('Dockerfile', 'FROM scratch\nCOPY content /\n')
      const { run, requests, image } = await push()
      expect(errorOf(run)).toBe('')
      expect(image).toBe(first.outputs.get('image'))
      expect(run.outputs.get('release')).toBe(first.outputs.get('release'))
      expect(pushesIn(requests)).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'is another one for another platform, by input or by the variable of Docker itself',
    async () => {
      const arm = await push({ platforms: 'linux/arm64' })
      expect(errorOf(arm.run)).toBe('')
      expect(arm.image).not.toBe(first.outputs.get('image'))
      const run = await stage.push({
        inputs: { size: '0' },
        environment: { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' },
      })
      expect(run.outputs.get('image')).toBe(arm.image)
      expect((await push()).image).toBe(first.outputs.get('image'))
    },
    PER_PUSH_MS * 3
  )

  it(
    'is built in any case with rebuild_after: 0s',
    async () => {
      const { run, image } = await push({ rebuild_after: '0s' })
      expect(errorOf(run)).toBe('')
      expect(stepsOf(run).has('build')).toBe(true)
      expect(image).toContain('@sha256:')
    },
    PER_PUSH_MS
  )

  describe('a secret in the context', () => {
    const key = aPrivateKey()

    beforeAll(() => stage.write('settings.py', `KEY = """${key}"""\n`))
    afterAll(() => rm(join(stage.workspace, 'settings.py')))

    it(
      'stops the deploy before anything is built or changed, and is never shown',
      async () => {
        const { run, requests, log, outcome } = await push({ machine_type: 'e2-medium' })
        expect(outcome).toBe('failed')
        expect(run.outputs.get('failure_code')).toBe('IMAGE_SECRETS')
        expect(run.annotations.map(({ place }) => place)).toEqual(['settings.py:1', undefined])
        expect(errorOf(run)).toContain('gcloud secrets create')
        expect(run.outputs.get('failure_reason')).toContain('settings.py:1')
        expect(stage.log.join('\n')).not.toContain(key.split('\n')[1])
        expect(log).not.toContain('[internal] load build')
        expect(requests.filter((line) => /^(POST|PATCH) \/compute/.test(line))).toEqual([])
      },
      PER_PUSH_MS
    )

    it(
      'is told in the pull request, and its job is red',
      async () => {
        const headSha = 'e'.repeat(40)
        const { number } = stage.emulator.github.store.addPull({ headSha, files: ['settings.py'] })
        const run = await planPullRequest(stage, { number, headSha }, { inputs: { size: '0' } })
        expect(run.outputs.get('failure_code')).toBe('IMAGE_SECRETS')
        const [comment] = stage.emulator.github.store.commentsOf(number)
        expect(comment?.body).toContain(
          'the build context holds 1 secret, the deploy will refuse it'
        )
        expect(comment?.body).toContain('`settings.py:1`')
        expect(run.annotations).toContainEqual(
          expect.objectContaining({ level: 'error', place: 'settings.py:1' })
        )
        expect(comment?.body).not.toContain(key.split('\n')[1])
      },
      PER_PUSH_MS
    )

    it(
      'is deployed with a warning where that is wanted, and not taken for a checked image later',
      async () => {
        await stage.write('content', 'third')
        const { run, log } = await push({ secret_scan: 'warn' })
        expect(errorOf(run).replace(/^.*settings\.py.*$/gm, '')).not.toContain('IMAGE_SECRETS')
        expect(run.outputs.get('outcome')).toBe('deployed')
        expect(log).toContain('settings.py:1')
        const blocked = await push()
        expect(blocked.run.outputs.get('failure_code')).toBe('IMAGE_SECRETS')
      },
      PER_PUSH_MS * 2
    )

    it(
      'is let through where the allow list says why',
      async () => {
        await stage.write('.secret-scan-allow', '*  settings.py  # a key of the tests\n')
        const { run } = await push()
        await rm(join(stage.workspace, '.secret-scan-allow'))
        expect(errorOf(run)).toBe('')
      },
      PER_PUSH_MS
    )
  })

  it(
    'is not pushed with a secret in a layer that a later one hides',
    async () => {
      // Packed, so that only the layer shows it, into which ADD unpacks it.
      await stage.write('key.pem', aPrivateKey())
      execFileSync('tar', ['-czf', 'keys.tar.gz', 'key.pem'], { cwd: stage.workspace })
      await rm(join(stage.workspace, 'key.pem'))
      await stage.write('Dockerfile', 'FROM scratch\nADD keys.tar.gz /\nCOPY content /key.pem\n')
      const { run, requests } = await push()
      await stage.write('Dockerfile', 'FROM scratch\nCOPY content /\n')
      await rm(join(stage.workspace, 'keys.tar.gz'))
      expect(run.outputs.get('failure_code')).toBe('IMAGE_SECRETS')
      expect(errorOf(run)).toMatch(/key\.pem:1 {2}Private key .*layer 1 of 2 \(ADD keys\.tar\.gz/)
      expect(pushesIn(requests)).toEqual([])
    },
    PER_PUSH_MS
  )

  describe('that is there already', () => {
    it(
      'is deployed by tag, without a build',
      async () => {
        const [repository = '', digest = ''] = (first.outputs.get('image') ?? '').split('@')
        const { tags } = await stage.read('/v2/mervis-demo/web/web/tags/list')
        const tag = Array.isArray(tags)
          ? tags.find((name) => String(name).startsWith('release-'))
          : ''
        const { run } = await push({ image: `${repository}:${tag}` })
        expect(errorOf(run)).toBe('')
        expect(stepsOf(run).has('build')).toBe(false)
        expect(run.outputs.get('image')).toMatch(/@sha256:/)
        expect(digest).not.toBe('')
      },
      PER_PUSH_MS
    )

    it(
      'fails before anything is changed when the registry does not have it',
      async () => {
        const [repository = ''] = (first.outputs.get('image') ?? '').split('@')
        const image = `${repository}@sha256:${'0'.repeat(64)}`
        const { run, requests } = await push({ image, machine_type: 'e2-medium' })
        expect(run.outputs.get('failure_code')).toBe('IMAGE_MISSING')
        expect(errorOf(run)).toContain(image)
        expect(requests.filter((line) => /^(POST|PATCH) \/compute/.test(line))).toEqual([])
      },
      PER_PUSH_MS
    )
  })
})
