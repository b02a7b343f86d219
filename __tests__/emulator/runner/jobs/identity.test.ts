import { afterEach, describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../../emulator/clock.ts'
import type { GitHub } from '../../../../emulator/github/github.ts'
import { createOidc, type JobIdentity } from '../../../../emulator/github/oidc.ts'
import { type Files, jobOf, onPush, RunnerStage, textsOf } from '../stage.ts'

let stage: RunnerStage | undefined

afterEach(async () => {
  await stage?.close()
  stage = undefined
})

/** What tokens were issued with while `work` ran. */
async function grantsDuring(github: GitHub, token: Promise<string>): Promise<unknown> {
  return github.tokens.find(await token)?.permissions
}

const tokenLine = 'echo "token:${{ github.token }}:end" | tr "[:lower:]" "[:upper:]"'
const WAIT = 'until [ -e "$HOME/../go" ]; do sleep 0.05; done'

describe("a job's GITHUB_TOKEN", () => {
  it.each([
    ['nothing said', '', '', { contents: 'read', packages: 'read' }],
    ['a block of the workflow', 'permissions: { issues: write }', '', { issues: 'write' }],
    [
      'a block of the job, which replaces it',
      'permissions: { issues: write }',
      '    permissions: { contents: read, pull-requests: write }\n',
      { contents: 'read', 'pull-requests': 'write' },
    ],
    ['an empty block', 'permissions: {}', '', {}],
  ])('%s', async (_, top, job, permissions) => {
    stage = await RunnerStage.open(
      onPush(
        `  a:\n    runs-on: ubuntu-latest\n${job}    steps: [{ run: '${tokenLine}; ${WAIT}' }]`,
        top
      )
    )
    // Upper case is not masked: so the test reads what nobody should.
    const token = new Promise<string>((resolve) => {
      stage?.watch((line) => {
        const [, found] = /^TOKEN:(.*):END$/.exec(line) ?? []
        if (found) resolve(found.toLowerCase())
      })
    })
    const pushed = stage.push()
    expect(await grantsDuring(stage.github, token)).toEqual(permissions)
    await stage.touchBesideHome(stage.workflows.runs.list()[0])
    await pushed
    expect(stage.github.tokens.find(await token)).toBeUndefined()
  })
})

describe("a job's OIDC token", () => {
  const print =
    'echo "url [$ACTIONS_ID_TOKEN_REQUEST_URL] token ${#ACTIONS_ID_TOKEN_REQUEST_TOKEN}"'

  it('can be asked for only with id-token: write', async () => {
    stage = await RunnerStage.open(
      onPush(`
  with: { permissions: { id-token: write }, runs-on: x, steps: [{ run: '${print}' }] }
  without: { permissions: { contents: read }, runs-on: x, steps: [{ run: '${print}' }] }
`)
    )
    const [run] = await stage.push()
    expect(textsOf(jobOf(run, 'with'))).toEqual(['url [http://127.0.0.1:1/token] token 43'])
    expect(textsOf(jobOf(run, 'without'))).toEqual(['url [] token 0'])
  })

  it.each([
    ['a push', {}, 'ref:refs/heads/main', { event_name: 'push', ref: 'refs/heads/main' }],
    [
      'a job with an environment',
      { job: 'environment: "prod:eu"' },
      'environment:prod%3Aeu',
      { environment: 'prod:eu' },
    ],
    [
      'a pull request',
      { on: 'pull_request' },
      'pull_request',
      { event_name: 'pull_request', head_ref: 'main', base_ref: 'main' },
    ],
    [
      'a called workflow',
      { called: true },
      'ref:refs/heads/main',
      {
        workflow_ref: 'mervis/mervis/.github/workflows/test.yml@refs/heads/main',
        job_workflow_ref: 'mervis/mervis/.github/workflows/called.yml@refs/heads/main',
        run_attempt: '1',
        actor: 'octocat',
      },
    ],
  ])('says where it comes from: %s', async (_, shape, subject, claims) => {
    const identities: JobIdentity[] = []
    stage = await RunnerStage.open(filesOf(shape), { oidc: recordingOidc(identities) })
    if ('on' in shape && shape.on === 'pull_request') {
      const headSha = await stage.commit({ more: 'x' })
      const ends = { headBranch: 'main', baseBranch: 'main', actor: 'octocat' }
      await stage.workflows.pullRequest({ action: 'opened', number: 1, headSha, ...ends })
    } else await stage.push()
    expect(identities).toHaveLength(1)
    expect(identities[0]).toMatchObject({ subject, claims })
  })
})

function filesOf(shape: { on?: string; job?: string; called?: boolean }): Files {
  const job = `
  a:
    permissions: { id-token: write }
    ${shape.called ? 'uses: ./.github/workflows/called.yml' : `runs-on: x\n    steps: [{ run: echo }]`}
    ${shape.job ?? ''}
`
  return {
    '.github/workflows/test.yml': `on: ${shape.on ?? 'push'}\njobs:${job}`,
    ...(shape.called && {
      '.github/workflows/called.yml':
        'on: workflow_call\njobs: { b: { permissions: { id-token: write }, runs-on: x, steps: [{ run: echo }] } }',
    }),
  }
}

function recordingOidc(identities: JobIdentity[]) {
  const oidc = createOidc({
    clock: new VirtualClock(),
    repository: 'mervis/mervis',
    repositoryId: '1',
    repositoryOwnerId: '2',
    url: () => 'http://127.0.0.1:1',
  })
  return {
    ...oidc,
    openJob: (job: JobIdentity) => {
      identities.push(job)
      return oidc.openJob(job)
    },
  }
}

describe("a fork's pull request", () => {
  it('may only read, and sees neither secrets nor variables', async () => {
    const files: Files = {
      '.github/workflows/pr.yml': `
on: pull_request
jobs:
  a:
    permissions: { contents: write, id-token: write }
    environment: production
    runs-on: x
    steps:
      - run: 'echo "[$ACTIONS_ID_TOKEN_REQUEST_URL] \${{ secrets.PASSWORD == null }} [\${{ vars.COLOR }}\${{ vars.SHAPE }}]"'
      - run: '${tokenLine}; ${WAIT}'
`,
    }
    stage = await RunnerStage.open(files, {
      vars: { COLOR: 'green' },
      secrets: { PASSWORD: 'abcdefgh' },
      environments: { production: { vars: { SHAPE: 'round' } } },
    })
    const token = new Promise<string>((resolve) => {
      stage?.watch((line) => {
        const [, found] = /^TOKEN:(.*):END$/.exec(line) ?? []
        if (found) resolve(found.toLowerCase())
      })
    })
    const headSha = await stage.commit({ more: 'x' })
    const headRepository = 'somebody/mervis'
    const { number } = stage.github.store.addPull({ headRepository, headSha })
    const ends = { headSha, headBranch: 'main', baseBranch: 'main', actor: 'somebody' }
    const ran = stage.workflows.pullRequest({ action: 'opened', number, ...ends })
    expect(await grantsDuring(stage.github, token)).toEqual({ contents: 'read' })
    await stage.touchBesideHome(stage.workflows.runs.list()[0])
    const [run] = await ran
    expect(textsOf(jobOf(run, 'a'))[0]).toBe('[] true []')
  })
})

describe('an environment', () => {
  const job = (environment: string): Files =>
    onPush(`
  a:
    runs-on: x
    environment: ${environment}
    steps:
      - id: s
        run: |
          echo "\${{ vars.COLOR }} \${{ secrets.KEY != '' }}"
          echo "url=https://app.example.com" >> "$GITHUB_OUTPUT"
          test "\${{ vars.COLOR }}" != red
`)
  const environments = {
    production: { vars: { COLOR: 'green' }, secrets: { KEY: 'abcdefgh' }, isProduction: true },
    broken: { vars: { COLOR: 'red' } },
  }

  it('gives its variables and secrets, and makes a deployment', async () => {
    stage = await RunnerStage.open(job('{ name: production, url: "${{ steps.s.outputs.url }}" }'), {
      environments,
    })
    const [run] = await stage.push()
    expect(textsOf(jobOf(run, 'a'))).toEqual(['green true'])
    expect(jobOf(run, 'a')).toMatchObject({
      environment: 'production',
      environmentUrl: 'https://app.example.com',
    })
    const [deployment] = stage.github.deployments.list()
    expect(deployment).toMatchObject({ environment: 'production', ref: 'main', isProduction: true })
    expect(deployment?.statuses).toMatchObject([
      { state: 'in_progress', environmentUrl: '' },
      { state: 'success', environmentUrl: 'https://app.example.com' },
    ])
  })

  it('has a deployment that fails with the job', async () => {
    stage = await RunnerStage.open(job('broken'), { environments })
    const [run] = await stage.push()
    expect(run?.conclusion).toBe('failure')
    const states = stage.github.deployments.list()[0]?.statuses.map(({ state }) => state)
    expect(states).toEqual(['in_progress', 'failure'])
  })

  it.each([
    ['with deployment: false', '{ name: production, deployment: false }', 'production'],
    ['without a name', '{ name: "${{ vars.MISSING }}" }', undefined],
  ])('makes none %s', async (_, environment, name) => {
    stage = await RunnerStage.open(job(environment), { environments })
    const [run] = await stage.push()
    expect(jobOf(run, 'a').environment).toBe(name)
    expect(stage.github.deployments.list()).toEqual([])
  })
})
