import { describe, expect, it } from '@jest/globals'
import { ActionError, describeError } from '../../../src/errors.ts'
import { googleError } from '../../fakes/scripted-http.ts'
import { digestOf, idOf, story } from '../release/choice/history.ts'
import { LINK, Scene } from './rollback/scene.ts'

async function failureOf(running: Promise<unknown>): Promise<ActionError> {
  const error: unknown = await running.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof ActionError) return error
  throw new Error(`no error for people: ${String(error)}`)
}

/** Nothing was moved, locked or written down. */
function expectUntouched({ cloud, handovers }: Scene): void {
  expect(cloud.patches).toEqual([])
  expect(handovers).toEqual([])
  expect(cloud.bucket.lines.filter((line) => !line.startsWith('GET'))).toEqual([])
}

describe('rollback', () => {
  it('brings the release before back, with one PATCH, and says what runs now', async () => {
    const scene = new Scene()
    const result = await scene.run()
    expect(result).toEqual({
      outcome: 'deployed',
      release: idOf('b'),
      previousRelease: idOf('c'),
      image: expect.stringContaining(digestOf('b')),
      commit: '2'.repeat(40),
      vms: [
        {
          name: 'mervis-b',
          release: idOf('b'),
          image: result.image,
          health: 'HEALTHY',
          address: '10.0.0.8',
        },
      ],
      url: 'http://10.0.0.8:8080',
      steps: [
        { name: 'choose', ms: expect.any(Number) },
        { name: 'roll', ms: expect.any(Number) },
      ],
      durationMs: expect.any(Number),
    })
    expect(scene.cloud.patches).toEqual([
      {
        fingerprint: 'f0',
        versions: [{ name: idOf('b'), instanceTemplate: `${LINK}/mervis-${idOf('b')}` }],
      },
    ])
    expect(scene.log.of('info')).toContainEqual(
      expect.stringMatching(
        /^From release c{12} to release b{12} \(commit 2222222, image b{12}\), rolled out by octocat at 2026-11-23T12:01/
      )
    )
    expect(scene.log.text).toMatch(/Rolled 1 VM of mervis back from c{12} to release b{12}/)
    expect(scene.handovers).toEqual(['begin mervis', 'end'])
  })

  it('writes down whose release came back, and who brought it', async () => {
    const scene = new Scene()
    await scene.run('-2')
    expect(scene.ledger.entries.at(-1)).toMatchObject({
      kind: 'rollback',
      release: idOf('a'),
      previous: idOf('c'),
      commit: '1'.repeat(40),
      ref: 'refs/heads/main',
      actor: 'grace',
      runUrl: 'https://github.com/m/m/actions/runs/911',
      outcome: 'verified',
    })
  })

  it('sends nothing where the group is on that release, verified', async () => {
    const scene = new Scene()
    const result = await scene.run(idOf('c'))
    expect(result).toMatchObject({ outcome: 'unchanged', release: idOf('c'), previousRelease: '' })
    expect(scene.cloud.patches).toEqual([])
    expect(scene.ledger).toEqual(story('a b c'))
    expect(scene.log.text).toContain(`The group is on release ${idOf('c')} (commit 3333333`)
  })

  it('finishes what a dead run left half-way on that release', async () => {
    const scene = new Scene({ past: 'a b c <b?', current: 'b' })
    const result = await scene.run(idOf('b'))
    expect(result.outcome).toBe('deployed')
    expect(scene.ledger.entries.map(({ outcome }) => outcome)).toEqual(Array(4).fill('verified'))
  })

  it.each([
    ['is about to move the group', 'a b c?', 'b', 'run-7', 'b'],
    ['has moved the group', 'a b c?', 'c', 'run-7', 'b'],
    ['died when it had moved the group', 'a b c?', 'c', '', 'b'],
    ['brings an old release anew, and died', 'a b a?', 'a', '', 'b'],
    ['died before it moved the group', 'a b c?', 'b', '', 'a'],
    ['waits for a run that does something else', 'a b c?', 'b', 'run-8', 'a'],
  ])('counts from a deploy that %s (%s, on %s)', async (_, past, current, holder, expected) => {
    const scene = new Scene({ past, current })
    // Stale, so that nobody has to wait for it.
    if (holder !== '') scene.cloud.bucket.put('mervis/deploy.lock', JSON.stringify({ holder }))
    await expect(scene.run()).resolves.toMatchObject({ release: idOf(expected) })
    expect(scene.cloud.group.versions).toMatchObject([{ name: idOf(expected) }])
  })

  it('leaves a release that never was verified', async () => {
    const scene = new Scene({ past: 'a b c!', current: 'c' })
    await expect(scene.run()).resolves.toMatchObject({ release: idOf('b') })
    expect(scene.ledger.entries.at(-1)).toMatchObject({ previous: idOf('c') })
  })

  it('finds what no release is on yet', async () => {
    const scene = new Scene({ current: '' })
    await expect(scene.run()).resolves.toMatchObject({ release: idOf('c'), previousRelease: '' })
  })

  it('asks the registry what a tag is', async () => {
    const scene = new Scene()
    scene.cloud.manifests.set('v1.4', { digest: digestOf('a'), config: idOf('a') })
    await expect(scene.run('v1.4')).resolves.toMatchObject({ release: idOf('a') })
    await expect(failureOf(scene.run('v9'))).resolves.toMatchObject({
      code: 'RELEASE_UNKNOWN',
      message: expect.stringContaining('"v9" is neither a release, nor a commit'),
    })
  })

  it('warns of a release that failed since it was verified, and brings it back', async () => {
    const scene = new Scene({ past: 'a b <a^', current: 'b' })
    await expect(scene.run(idOf('a'))).resolves.toMatchObject({ outcome: 'deployed' })
    expect(scene.log.of('warning')).toEqual([expect.stringContaining('failed when it was last')])
  })

  it('warns of a release that listens where the group does not ask any more', async () => {
    const scene = new Scene()
    scene.makeRelease('b', { 'app-port': '8080' })
    scene.makeRelease('a', { 'app-port': '3000' })
    await scene.run()
    expect(scene.log.of('warning')).toEqual([])
    await scene.run()
    expect(scene.log.of('warning')).toEqual([
      expect.stringMatching(
        /a{12} listens on port 3000, and the group asks port 8080 .* 111111111111 again/
      ),
    ])
  })

  it('is taken back itself when its VMs do not come up', async () => {
    const scene = new Scene()
    scene.broken.add('b')
    const error = await failureOf(scene.run())
    expect(error).toMatchObject({ code: 'ROLLOUT_FAILED', outcome: 'rolled_back', runs: idOf('c') })
    expect(error.message).toContain('container exited with 1')
    expect(error.hint).toMatch(/^Choose another release/)
    expect(scene.ledger.entries.at(-1)).toMatchObject({
      kind: 'rollback',
      outcome: 'rolled_back',
      rolledBackTo: idOf('c'),
    })
    expect(scene.handovers).toEqual(['begin mervis'])
  })

  describe('touches nothing and says what is missing', () => {
    it('for a release that was pruned', async () => {
      const scene = new Scene()
      scene.cloud.templates.delete(`mervis-${idOf('b')}`)
      const error = await failureOf(scene.run())
      expect(error.code).toBe('RELEASE_UNKNOWN')
      expect(error.message).toContain(`release ${idOf('b')} was pruned`)
      expect(error.message).toMatch(/ {4}b{12} .* pruned\n {2}\* a{12} /)
      expectUntouched(scene)
    })

    it('for image and secret version, both in one error', async () => {
      const scene = new Scene()
      scene.makeRelease('b', { 'app-secrets': 'DB=db-password/3\nKEY=projects/9/secrets/key/7' })
      scene.cloud.manifests.delete(`release-${idOf('b')}`)
      scene.cloud.secrets.set('key', '7')
      const error = await failureOf(scene.run())
      expect(error.code).toBe('RELEASE_GONE')
      expect(error.message).toContain(`Release ${idOf('b')} (commit 222222222222) is not whole`)
      expect(error.message).toContain('The registry has no')
      expect(error.message).toContain('db-password')
      expect(error.message).not.toContain('key')
      expect(error.hint).toContain('Deploy commit 222222222222 again')
      expectUntouched(scene)
    })

    it.each([
      ['the release that runs', idOf('c')],
      ['another one', idOf('a')],
    ])('unless %s was asked for, which misses nothing', async (_, release) => {
      const scene = new Scene()
      scene.makeRelease('c', { 'app-secrets': 'DB=db-password/3' })
      await expect(scene.run(release)).resolves.toMatchObject({ release })
    })

    it('before the first deploy', async () => {
      const scene = new Scene()
      scene.cloud.bucket.drop('mervis/default.tfstate')
      const error = await failureOf(scene.run())
      expect(error.code).toBe('RELEASE_UNKNOWN')
      expect(describeError(error)).toContain(
        'gs://mervis-demo-tfstate/mervis/ holds no infrastructure of it'
      )
      expect(error.hint).toContain('command: deploy')
      expectUntouched(scene)
    })

    it('before the first release', async () => {
      const scene = new Scene({ past: '', current: '' })
      const error = await failureOf(scene.run())
      expect(error).toMatchObject({
        code: 'RELEASE_UNKNOWN',
        message: expect.stringContaining('gs://mervis-demo-tfstate/mervis/releases.json has no'),
      })
    })

    it('where Google is too busy to say, with its own error', async () => {
      const scene = new Scene()
      scene.cloud.fault = ({ url }) =>
        url.includes('/manifests/') ? googleError(503, { message: 'overloaded' }) : undefined
      const error = await failureOf(scene.run())
      expect(error).toMatchObject({ code: 'GCP_REQUEST_FAILED', isPassing: true })
      expectUntouched(scene)
    })
  })

  it('does not begin after a cancel', async () => {
    const cancel = new AbortController()
    const scene = new Scene({ signal: cancel.signal })
    const cancelled = new ActionError('CANCELLED', 'The run was cancelled.')
    scene.cloud.fault = ({ url }) => {
      if (url.includes('/manifests/')) cancel.abort(cancelled)
      return undefined
    }
    expect(await failureOf(scene.run())).toBe(cancelled)
    expect(scene.cloud.patches).toEqual([])
  })
})
