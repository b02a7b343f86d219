import { describe, expect, it } from '@jest/globals'
import { GitHubClient } from '../../../../src/github/api/client.ts'
import { type Announcement, announce } from '../../../../src/github/deployment/announcement.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { Timeline } from '../../../fakes/timeline.ts'
import { FakeDeployments } from './fake-deployments.ts'

const COMMIT = 'c0ffee00'.repeat(5)
const RUN_URL = 'https://github.com/mervis/mervis/actions/runs/17'
const SERVICE = { name: 'mervis', projectId: 'mervis-demo', region: 'europe-west1' }
const PAYLOAD = { name: 'mervis', project: 'mervis-demo', region: 'europe-west1' }
const RELEASE = { release: 'ab12', image: 'registry/mervis@sha256:d1' }
const OK = { description: 'Release ab12 on 2 VMs in 84 s', url: 'http://198.51.100.7' }
const CREATE = 'POST /repos/{owner}/{repo}/deployments'

class Scene {
  readonly clock = new Timeline()
  readonly github = new FakeDeployments()
  readonly log = new RecordingLog()
  readonly cancel = new AbortController()
  readonly kept: number[] = []

  /** `environment`: empty for none. */
  announce(environment = 'production', hasToken = true): Announcement {
    const { clock, log } = this
    const repository = 'mervis/mervis'
    return announce(
      {
        client: (signal) =>
          hasToken
            ? new GitHubClient(
                { api: this.github, clock, log },
                { repository, signal, random: () => 0 }
              )
            : undefined,
        clock,
        log,
        redact: (text) => text.replaceAll('hunter2', '***'),
        keep: (id) => this.kept.push(id),
      },
      {
        ...SERVICE,
        environment: environment || undefined,
        commit: COMMIT,
        runUrl: RUN_URL,
        holder: 'this-run',
        signal: this.cancel.signal,
      }
    )
  }

  succeed(announcement: Announcement): Promise<void> {
    announcement.begun(RELEASE)
    return this.clock.play(announcement.succeeded(OK))
  }

  fail(announcement: Announcement, description: string, isCancelled = false): Promise<void> {
    return this.clock.play(announcement.failed({ description, isCancelled }))
  }
}

describe('announce', () => {
  it('shows a rollout from its beginning to its end', async () => {
    const scene = new Scene()
    await scene.succeed(scene.announce())
    expect(scene.github.told).toEqual([
      ['in_progress Release ab12 of mervis', 'success Release ab12 on 2 VMs in 84 s'],
    ])
    expect(scene.github.payloads).toEqual([{ ...RELEASE, ...PAYLOAD, holder: 'this-run' }])
    // While it goes on somebody else must end it, should this run be killed.
    expect(scene.kept).toEqual([100, 0])
    expect(scene.log.of('warning')).toEqual([])
  })

  it('says and asks nothing without an environment', async () => {
    const scene = new Scene()
    await scene.succeed(scene.announce(''))
    expect(scene.github.asked).toEqual([])
  })

  it('says that it has no token', async () => {
    const scene = new Scene()
    await scene.succeed(scene.announce('production', false))
    expect(scene.log.of('warning')).toEqual([
      'No deployment to production is shown: the input `github_token` is empty.',
    ])
  })

  it('shows a failure that came before there was a release', async () => {
    const scene = new Scene()
    await scene.fail(scene.announce(), 'Failed: no build with hunter2 in it')
    expect(scene.github.told).toEqual([
      ['in_progress mervis', 'failure Failed: no build with *** in it'],
    ])
    expect(scene.github.payloads).toEqual([{ ...PAYLOAD, holder: 'this-run' }])
  })

  it('begins with nothing after a cancel, and ends what was begun', async () => {
    const early = new Scene()
    await early.fail(early.announce(), 'Cancelled', true)
    expect(early.github.told).toEqual([])
    const late = new Scene()
    const announcement = late.announce()
    announcement.begun(RELEASE)
    await late.fail(announcement, 'Cancelled: put back', true)
    expect(late.github.told[0]?.at(-1)).toBe('failure Cancelled: put back')
  })

  it('cuts a long description to what GitHub takes', async () => {
    const scene = new Scene()
    await scene.fail(scene.announce(), `Failed: ${'x\n'.repeat(200)}`)
    const said = scene.github.told[0]?.at(-1)?.replace('failure ', '') ?? ''
    expect(said).toHaveLength(140)
    expect(said).toMatch(/^Failed: x x .*…$/)
  })

  it('says the end once', async () => {
    const scene = new Scene()
    const announcement = scene.announce()
    await scene.succeed(announcement)
    await scene.fail(announcement, 'Failed: afterwards')
    expect(scene.github.told[0]?.at(-1)).toMatch(/^success/)
  })

  it('leaves out an address that GitHub would refuse', async () => {
    const scene = new Scene()
    const sent: unknown[] = []
    scene.github.before = ({ parameters }) => void sent.push(parameters['environment_url'])
    const announcement = scene.announce()
    announcement.begun(RELEASE)
    await scene.clock.play(announcement.succeeded({ ...OK, url: '' }))
    expect(sent.filter((url) => url !== undefined)).toEqual([])
  })
})

describe('announce beside other deployments', () => {
  const status = (state: string, log_url = '') => ({ state, log_url })
  const elsewhere = { sha: 'b'.repeat(40), environment: 'production' }

  it.each([
    ['of this run', 'production', `${RUN_URL}/job/5`, {}, 1],
    ['of this run, in other letters', 'Production', RUN_URL, {}, 1],
    ['of another run', 'production', `${RUN_URL}0/job/5`, {}, 2],
    ['of another environment of this run', 'staging', `${RUN_URL}/job/5`, {}, 2],
    ['of another service of this run', 'production', RUN_URL, { holder: 'x', name: 'api' }, 2],
  ])('leaves it at a deployment %s where that is shown anyway', async (...row) => {
    const [, environment, logUrl, payload, count] = row
    const scene = new Scene()
    scene.github.add({ sha: COMMIT, environment, payload }, [status('in_progress', logUrl)])
    await scene.succeed(scene.announce())
    expect(scene.github.told).toHaveLength(count)
    expect(scene.log.of('warning')).toEqual([])
  })

  it('ends the last active one of the same service only', async () => {
    const scene = new Scene()
    const ours = { ...PAYLOAD, holder: 'earlier' }
    const add = (payload: unknown, state: string): void =>
      scene.github.add({ ...elsewhere, payload }, [status(state)])
    add(ours, 'success')
    add(JSON.stringify(ours), 'success')
    add(ours, 'failure')
    add({ ...ours, name: 'api' }, 'success')
    add({ ...ours, region: 'us-east1' }, 'success')
    add({}, 'success')
    await scene.succeed(scene.announce())
    const last = scene.github.told.map((said) => said.at(-1)?.split(' ')[0])
    expect(last).toEqual([
      'success',
      'inactive',
      'failure',
      'success',
      'success',
      'success',
      'success',
    ])
  })

  it('ends none of them when the release fails', async () => {
    const scene = new Scene()
    const payload = { ...PAYLOAD, holder: 'earlier' }
    scene.github.add({ ...elsewhere, payload }, [status('success')])
    const announcement = scene.announce()
    announcement.begun(RELEASE)
    await scene.fail(announcement, 'Failed: it crashes')
    expect(scene.github.told.map((said) => said.at(-1)?.split(' ')[0])).toEqual([
      'success',
      'failure',
    ])
  })
})

describe('announce when GitHub is in trouble', () => {
  const refused = {
    status: 403,
    headers: {},
    data: { message: 'Resource not accessible by integration' },
  }

  it('warns once, with the permission to add', async () => {
    const scene = new Scene()
    scene.github.before = () => refused
    await scene.succeed(scene.announce())
    expect(scene.log.of('warning')).toEqual([
      expect.stringContaining('Add `permissions: deployments: write` to the job.'),
    ])
  })

  it('makes no second one when the answer to the first is lost', async () => {
    const scene = new Scene()
    let isLost = false
    scene.github.after = ({ route }) => {
      if (route !== CREATE || isLost) return
      isLost = true
      throw new Error('socket hang up')
    }
    await scene.succeed(scene.announce())
    expect(isLost).toBe(true)
    expect(scene.github.told).toEqual([
      ['in_progress Release ab12 of mervis', 'success Release ab12 on 2 VMs in 84 s'],
    ])
  })

  it('makes it the second time when the first never arrived', async () => {
    const scene = new Scene()
    let tries = 0
    scene.github.before = ({ route }) =>
      route === CREATE && ++tries === 1 ? { status: 502, headers: {}, data: '' } : undefined
    await scene.succeed(scene.announce())
    expect(tries).toBe(2)
    expect(scene.github.told).toHaveLength(1)
  })

  it('waits twenty seconds at the end, and no longer', async () => {
    const scene = new Scene()
    scene.github.before = () => ({ status: 503, headers: {}, data: '' })
    const announcement = scene.announce()
    announcement.begun(RELEASE)
    const from = scene.clock.now()
    await scene.clock.play(announcement.succeeded(OK))
    expect(scene.clock.now() - from).toBeLessThanOrEqual(20_000)
    expect(scene.log.of('warning')).toEqual([expect.stringContaining('longer than 20 s')])
    expect(scene.clock.sleeperCount).toBe(0)
  })

  it('says nothing to be mended when the time of a cancelled run is over', async () => {
    const scene = new Scene()
    const announcement = scene.announce()
    announcement.begun(RELEASE)
    scene.github.before = ({ route }) => {
      if (!route.startsWith('GET')) scene.cancel.abort(new Error('the time is over'))
      return undefined
    }
    await scene.fail(announcement, 'Cancelled', true)
    expect(scene.log.of('warning')).toEqual([])
  })
})
