import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { COMMIT, OUTPUTS, planning, REPOSITORY, Stage } from './stage.ts'

const BUILD = 'docker buildx build'
const DAY_MS = 86_400_000

/** Made anew for each run: no key stands in this repository. */
function aPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
}

function buildsOf(stage: Stage): readonly string[] {
  return stage.commands.lines.filter((line) => line.startsWith(BUILD))
}

describe('deploy, as to its image', () => {
  it('builds the same source once', async () => {
    const stage = new Stage()
    const first = await stage.run()
    const second = await stage.run()
    expect(buildsOf(stage)).toHaveLength(1)
    expect(second.image).toBe(first.image)
    expect(second.steps.map(({ name }) => name)).not.toContain('build')
    expect(stage.log.text).toContain('The registry has the image of this source')
    expect(stage.log.of('info')).toContain('No secrets in what the image adds to its base.')
  })

  it('reads the state once, beside everything else', async () => {
    const stage = new Stage()
    await stage.run()
    const reads = stage.cloud.bucket.lines.filter((line) => line.endsWith('default.tfstate'))
    expect(reads).toEqual(['GET mervis/default.tfstate'])
  })

  it('builds it anew, without the cache, once the image is old', async () => {
    const stage = new Stage({ inputs: { rebuild_after: '7d' } })
    await stage.run()
    stage.clock.advance(8 * DAY_MS)
    await stage.run()
    const [first, second] = buildsOf(stage)
    expect(first).not.toContain('--no-cache')
    expect(second).toContain('--no-cache')
  })

  it.each([
    ['a file of the context', (stage: Stage) => stage.tree.files.set('content', 'other')],
    ['the mode of the gate', (stage: Stage) => stage.reconfigure({ secret_scan: 'warn' })],
    ['the wish for an SBOM', (stage: Stage) => stage.reconfigure({ sbom: 'true' })],
    ['a build argument', (stage: Stage) => stage.reconfigure({ build_args: 'A=1' })],
    ['the allow list', (stage: Stage) => stage.write('.secret-scan-allow', '* x # test data')],
  ])('builds again when %s differs', async (_, change) => {
    const stage = new Stage()
    await stage.run()
    change(stage)
    await stage.run()
    expect(buildsOf(stage)).toHaveLength(2)
  })

  it('says why it cannot know the image beforehand', async () => {
    const stage = new Stage({ inputs: { build_secrets: 'TOKEN=hunter2' } })
    await stage.run()
    await stage.run()
    expect(buildsOf(stage)).toHaveLength(2)
    expect(stage.log.text).toContain('It has to be built: it has build secrets')
    expect(JSON.stringify(stage.commands.lines)).not.toContain('hunter2')
  })

  it('builds for another repository when the plan moves the service there', async () => {
    const stage = new Stage()
    await stage.run()
    stage.script(planning({ outputs: { ...OUTPUTS, repository_id: 'elsewhere' } }))
    stage.cloud.manifests.clear()
    const { image } = await stage.run()
    expect(image).toMatch(/\/mervis-demo\/elsewhere\/mervis@sha256:/)
    expect(buildsOf(stage)).toHaveLength(2)
  })

  it('carries the time of the commit and no other, and says where it comes from', async () => {
    const stage = new Stage({
      script: { 'git -c safe.directory=* show': { stdout: '1700000000\n' } },
    })
    await stage.run()
    const { args, options } = stage.commands.call(BUILD)
    expect(options.env).toMatchObject({ SOURCE_DATE_EPOCH: '1700000000' })
    expect(args.filter((arg) => arg.startsWith('--label='))).toEqual([
      '--label=org.opencontainers.image.source=https://github.com/mervis/mervis',
      `--label=org.opencontainers.image.revision=${COMMIT}`,
      '--label=org.opencontainers.image.created=2023-11-14T22:13:20.000Z',
    ])
  })

  it('pins no base that is called as a stage is', async () => {
    const stage = new Stage({
      script: {
        'docker image inspect': { exitCode: 1, stderr: 'No such image' },
        'docker buildx imagetools inspect': { stdout: `Digest: sha256:${'ba'.repeat(32)}\n` },
      },
    })
    stage.write(
      'Dockerfile',
      'FROM alpine AS tools\nFROM nginx AS nginx\nCOPY --from=tools /x /x\n'
    )
    await stage.run()
    const pins = stage.commands.call(BUILD).args.filter((arg) => arg.startsWith('--build-context='))
    expect(pins).toEqual([expect.stringMatching(/^--build-context=alpine=docker-image:/)])
  })

  it('shows what the checks of the builder find, at its line, and goes on', async () => {
    const warning = {
      ruleName: 'StageNameCasing',
      detail: "Stage name 'Web' should be lowercase",
      url: 'https://docs.example/checks',
      location: { ranges: [{ start: { line: 3 } }] },
    }
    const stage = new Stage({
      script: {
        'docker buildx version': { stdout: 'github.com/docker/buildx v0.17.1 257815a' },
        'docker buildx build --progress=none --call=check': {
          stdout: JSON.stringify({ warnings: [warning] }),
        },
      },
    })
    await expect(stage.run()).resolves.toMatchObject({ outcome: 'deployed' })
    expect(stage.log.annotations).toEqual([
      {
        severity: 'warning',
        title: 'Build check StageNameCasing',
        message: "Stage name 'Web' should be lowercase\nhttps://docs.example/checks",
        file: 'Dockerfile',
        line: 3,
      },
    ])
  })

  it('says what makes every checkout another source', async () => {
    const stage = new Stage()
    stage.write('.git/HEAD', 'ref: refs/heads/main')
    await stage.run()
    expect(stage.log.of('info').join()).toContain('`**/.git` in .dockerignore')
    stage.write('.dockerignore', '**/.git\n')
    const before = stage.log.of('info').length
    await stage.run()
    expect(stage.log.of('info').slice(before).join()).not.toContain('.dockerignore')
  })

  it('says the platform for which the name holds', async () => {
    const stage = new Stage()
    await stage.run()
    expect(buildsOf(stage)[0]).toContain('--platform=linux/amd64')
  })

  it('keeps layers for no longer than an image', async () => {
    const stage = new Stage()
    await stage.run()
    stage.clock.advance(8 * DAY_MS)
    stage.write('content', 'other')
    await stage.run()
    const caches = buildsOf(stage).map((line) => /ref=\S+:(buildcache-\d+)/.exec(line)?.[1])
    expect(new Set(caches).size).toBe(2)
    expect([...stage.cloud.manifests.keys()]).toEqual(expect.arrayContaining(caches))
  })

  it('gives no name to what was built while a file changed', async () => {
    const stage: Stage = new Stage({
      script: {
        'docker buildx build': () => {
          stage.write('content', `changed ${buildsOf(stage).length} times`)
          return stage.built()
        },
      },
    })
    await stage.run()
    expect(stage.log.of('warning').join()).toContain('changed while it was built')
    await stage.run()
    expect(buildsOf(stage)).toHaveLength(2)
    expect([...stage.cloud.manifests.keys()].filter((tag) => tag.startsWith('src-'))).toEqual([])
  })

  it('looks a base image of the project up with the token of the job', async () => {
    const stage = new Stage({
      script: {
        'docker image inspect': { exitCode: 1, stderr: 'No such image' },
        'docker buildx imagetools inspect': { stdout: `Digest: sha256:${'ba'.repeat(32)}\n` },
      },
    })
    stage.write(
      'Dockerfile',
      `FROM ${REPOSITORY.host}/mervis-demo/bases/python:3\nCOPY content /\n`
    )
    await stage.run()
    const [asked] = stage.commands.calls.filter(({ args }) => args.includes('imagetools'))
    const folder = asked?.options.env?.['DOCKER_CONFIG']
    expect(folder).toMatch(/^\/job\/look-up-/)
    const written = stage.files.history.find(({ path }) => path === `${folder}/config.json`)
    expect(written?.content).toContain(REPOSITORY.host)
    expect(stage.files.removed).toContain(folder)
    expect(buildsOf(stage)[0]).toContain(`@sha256:${'ba'.repeat(32)}`)
  })

  describe('with a secret in the context', () => {
    const key = aPrivateKey()

    function aStage(inputs: Readonly<Record<string, string>> = {}): Stage {
      const stage = new Stage({
        inputs,
        script: planning({ creates: ['google_compute_firewall'] }),
      })
      stage.write('app/settings.py', `A = 1\nKEY = """${key}"""\n`)
      return stage
    }

    it('builds and applies nothing, and says where it is', async () => {
      const stage = aStage()
      await expect(stage.run()).rejects.toMatchObject({
        code: 'IMAGE_SECRETS',
        message: expect.stringContaining('app/settings.py:2'),
        annotations: [expect.objectContaining({ file: 'app/settings.py', line: 2 })],
      })
      expect(buildsOf(stage)).toEqual([])
      expect(stage.ran('terraform apply')).toBe(false)
    })

    it('only warns where that is asked for', async () => {
      const stage = aStage({ secret_scan: 'warn' })
      await expect(stage.run()).resolves.toMatchObject({ outcome: 'deployed' })
      expect(stage.log.of('warning').join()).toContain('app/settings.py:2')
      expect(stage.log.annotations).toEqual([
        expect.objectContaining({ severity: 'warning', file: 'app/settings.py', line: 2 }),
      ])
      await stage.run()
      expect(buildsOf(stage)).toHaveLength(1)
      expect(stage.log.annotations).toHaveLength(2)
    })

    it('does not even look where that is asked for', async () => {
      const stage = aStage({ secret_scan: 'off' })
      await expect(stage.run()).resolves.toMatchObject({ outcome: 'deployed' })
      expect(stage.log.of('warning')).toEqual([])
    })
  })

  it('pushes nothing with a secret in a layer', async () => {
    const stage = new Stage()
    stage.saves({ 'etc/key.pem': aPrivateKey() })
    await expect(stage.run()).rejects.toMatchObject({
      code: 'IMAGE_SECRETS',
      message: expect.stringMatching(/etc\/key\.pem:1 .*layer 1 of 1/),
    })
    expect(stage.ran('docker push')).toBe(false)
    expect(stage.cloud.patches).toEqual([])
  })

  it('takes an image that is there as it is', async () => {
    const stage = new Stage()
    const { image } = await stage.run()
    stage.reconfigure({ image: image.replace(/@.*/, ':release-1') })
    await expect(stage.run()).rejects.toMatchObject({ code: 'IMAGE_MISSING' })
    stage.reconfigure({ image })
    await expect(stage.run()).resolves.toMatchObject({ outcome: 'unchanged', image })
    expect(buildsOf(stage)).toHaveLength(1)
  })
})
