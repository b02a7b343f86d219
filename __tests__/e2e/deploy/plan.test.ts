import { readFileSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { planPullRequest } from './pull-request.ts'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'

const HEAD = 'c'.repeat(40)
const MERGED = 'f'.repeat(40)
const PROJECT = 'mervis-demo'
const BUNDLED = resolve(import.meta.dirname, '../../../terraform')

describe('dist/ in a pull request', () => {
  let stage: Stage
  let number: number
  let runId = 100

  const comments = (): readonly string[] =>
    stage.emulator.github.store.commentsOf(number).map(({ body }) => body)

  function plan(inputs: Readonly<Record<string, string>> = {}, environment = {}) {
    runId += 1
    return planPullRequest(
      stage,
      { number, headSha: HEAD },
      { inputs, environment: { GITHUB_RUN_ID: String(runId), ...environment } }
    )
  }

  beforeAll(async () => {
    stage = await Stage.open()
    stage.emulator.cloud.services.set('cloudbilling.googleapis.com', true)
    const { store } = stage.emulator.github
    number = store.addPull({ headSha: HEAD, files: ['content', 'README.md'] }).number
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it(
    'shows everything of a first deploy, and changes nothing',
    async () => {
      const run = await plan()
      expect(errorOf(run)).toBe('')
      expect(comments()).toHaveLength(1)
      expect(comments()[0]).toMatch(
        /\*\*`mervis-demo\/web`: \d+ to add, 0 to change, 0 to destroy\*\*/
      )
      expect(comments()[0]).toContain('VMs roll on merge: yes, the first release')
      expect(Object.fromEntries(run.outputs)).toMatchObject({
        has_changes: 'true',
        has_destructive_changes: 'false',
        plan_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        monthly_cost_usd: expect.stringMatching(/^\d+\.\d\d$/),
        comment_url: expect.stringContaining('#issuecomment-'),
        has_drift: '',
      })
      expect(run.summary).toContain('to add')
      expect(readFileSync(run.outputs.get('plan_markdown_path') ?? '', 'utf8')).toContain('to add')
      const writes = stage
        .requestsSince(0)
        .filter((request) =>
          /^(POST|PUT|PATCH|DELETE) \/(compute|artifact|iam|service)/.test(request)
        )
      expect(writes.filter((request) => !/generateAccessToken$/.test(request))).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'shows what a merge would roll, in the same comment, and what it costs',
    async () => {
      expect(errorOf(await stage.push())).toBe('')
      const run = await plan({ machine_type: 'e2-medium', size: '3' })
      expect(errorOf(run)).toBe('')
      expect(comments()).toHaveLength(1)
      expect(comments()[0]).toMatch(/1 to add, 1 to change, 1 to destroy/)
      expect(comments()[0]).toMatch(/USD a month/)
      expect(comments()[0]).toMatch(/new image \(2 files of the build context\), new base template/)
      expect(run.outputs.get('has_destructive_changes')).toBe('false')
    },
    PER_PUSH_MS
  )

  it(
    'is quiet where nothing would change',
    async () => {
      const run = await plan()
      expect(run.outputs.get('has_changes')).toBe('false')
      expect(comments()[0]).toContain('no changes')
      expect(comments()).toHaveLength(1)
    },
    PER_PUSH_MS
  )

  it(
    'does not wait for the state lock, and says who holds it',
    async () => {
      const lock = {
        ID: '1',
        Operation: 'OperationTypeApply',
        Who: 'ada@laptop',
        Created: '2026-11-23',
      }
      const upload = `/upload/storage/v1/b/mervis-demo-tfstate/o?uploadType=media&name=web%2Fdefault.tflock`
      const token = stage.emulator.accessToken('user:owner@example.com')
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const url = `${stage.emulator.url}${upload}`
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(lock) })
      const run = await plan()
      expect(errorOf(run)).toBe('')
      expect(comments()[0]).toContain('ada@laptop')
      expect(comments()[0]).toContain(
        'gcloud storage rm gs://mervis-demo-tfstate/web/default.tflock'
      )
      const object = `${stage.emulator.url}/storage/v1/b/mervis-demo-tfstate/o/web%2Fdefault.tflock`
      await fetch(object, { method: 'DELETE', headers })
    },
    PER_PUSH_MS
  )

  it(
    'names the YAML line where the job may not comment',
    async () => {
      const { tokens } = stage.emulator.github
      const weak = tokens.issue({ permissions: { contents: 'read', 'pull-requests': 'read' } })
      const run = await plan({ github_token: weak })
      expect(run.exitCode).toBe(1)
      expect(errorOf(run)).toContain('pull-requests: write')
      expect(stage.log.join('\n')).not.toContain(weak)
    },
    PER_PUSH_MS
  )

  it(
    'says in the comment that the pull request was merged',
    async () => {
      stage.emulator.github.store.merge(number, MERGED)
      const pull = {
        number,
        headSha: HEAD,
        action: 'closed',
        state: 'closed',
        merged: true,
      } as const
      const run = await planPullRequest(stage, pull)
      expect(errorOf(run)).toBe('')
      expect(comments()[0]).toMatch(/merged/i)
      expect(comments()).toHaveLength(1)
    },
    PER_PUSH_MS
  )

  it(
    'explains itself in a pull request of a fork, and stays green',
    async () => {
      const run = await planPullRequest(
        stage,
        { number: 7, headSha: HEAD, isFork: true },
        {
          environment: {
            ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
          },
        }
      )
      expect(run.exitCode).toBe(0)
      expect(run.summary).toContain('comes from a fork')
    },
    PER_PUSH_MS
  )

  it(
    'does so where its inputs are variables of the repository, which GitHub keeps from forks',
    async () => {
      const run = await planPullRequest(
        stage,
        { number: 7, headSha: HEAD, isFork: true },
        {
          inputs: { project_id: '', region: '', workload_identity_provider: '', state_bucket: '' },
          environment: {
            ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
          },
        }
      )
      expect(run.exitCode).toBe(0)
      expect(run.summary).toContain('comes from a fork')
    },
    PER_PUSH_MS
  )

  it('still names wrong inputs in any other pull request', async () => {
    const run = await plan({ region: '' })
    expect(run.exitCode).toBe(1)
    expect(errorOf(run)).toContain('region')
  })

  it('refuses pull_request_target', async () => {
    const run = await plan({}, { GITHUB_EVENT_NAME: 'pull_request_target' })
    expect(run.exitCode).toBe(1)
    expect(errorOf(run)).toContain('pull_request_target')
  })
})

describe('dist/ when the configuration cannot be planned', () => {
  let stage: Stage
  let number: number

  beforeAll(async () => {
    stage = await Stage.open()
    await cp(BUNDLED, join(stage.workspace, 'infra'), { recursive: true })
    number = stage.emulator.github.store.addPull({ headSha: HEAD }).number
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it(
    'annotates the line, and the comment shows the error instead of the old plan',
    async () => {
      const inputs = { terraform_directory: 'infra' }
      const pull = { number, headSha: HEAD }
      expect(errorOf(await planPullRequest(stage, pull, { inputs }))).toBe('')
      const broken = 'output "wrong" {\n  value = var.nowhere\n}\n'
      await writeFile(join(stage.workspace, 'infra', 'wrong.tf'), broken)
      const environment = { GITHUB_RUN_ID: '9' }
      const run = await planPullRequest(stage, pull, { inputs, environment })
      expect(run.exitCode).toBe(1)
      expect(run.outputs.get('failure_code')).toBe('TERRAFORM_FAILED')
      expect(run.annotations).toContainEqual(
        expect.objectContaining({
          title: 'Reference to undeclared input variable',
          place: 'infra/wrong.tf:2',
        })
      )
      const comments = stage.emulator.github.store.commentsOf(number)
      expect(comments).toHaveLength(1)
      expect(comments[0]?.body).toContain('planning failed with 1 error')
      expect(comments[0]?.body).toContain('Reference to undeclared input variable')
      expect(comments[0]?.body).not.toContain('to add')
    },
    PER_PUSH_MS
  )
})

describe('dist/ when terraform prints a sensitive value in its error', () => {
  const SECRET = 'Hunter2-Sup3rS3cret'
  const BROKEN = `
variable "password" {
  type      = string
  sensitive = true
}
resource "terraform_data" "login" {
  lifecycle {
    precondition {
      condition     = length(var.password) > 100
      error_message = "The word \${nonsensitive(var.password)} is too short."
    }
  }
}
`

  it(
    'shows it nowhere',
    async () => {
      const stage = await Stage.open()
      const { store } = stage.emulator.github
      const { number } = store.addPull({ headSha: HEAD })
      await cp(BUNDLED, join(stage.workspace, 'infra'), { recursive: true })
      await writeFile(join(stage.workspace, 'infra', 'login.tf'), BROKEN)
      const inputs = {
        terraform_directory: 'infra',
        terraform_variables: `password=${SECRET}`,
      }
      const run = await planPullRequest(stage, { number, headSha: HEAD }, { inputs })
      const told = [
        ...store.commentsOf(number).map(({ body }) => body),
        ...run.outputs.values(),
        run.summary,
        errorOf(run),
        ...stage.log,
      ].join('\n')
      await stage.close()
      expect(run.outputs.get('failure_code')).toBe('TERRAFORM_FAILED')
      expect(told).toContain('is too short.')
      expect(told).not.toContain(SECRET)
    },
    PER_PUSH_MS
  )
})

describe('dist/ on a push of what was reviewed, or was not', () => {
  let stage: Stage
  let number: number

  const without = (inputs: Readonly<Record<string, string>>) => ({ inputs })

  beforeAll(async () => {
    stage = await Stage.open()
    // SSH off takes a firewall rule away, which nobody gets back by himself.
    expect(errorOf(await stage.push())).toBe('')
    number = stage.emulator.github.store.addPull({ headSha: HEAD }).number
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  const SSH_OFF = { terraform_variables: 'iap_ssh=false' }

  it(
    'refuses a deletion that no pull request showed, before anything is applied',
    async () => {
      const run = await stage.push(without(SSH_OFF))
      expect(run.exitCode).toBe(1)
      expect(run.outputs.get('failure_code')).toBe('REVIEW_REFUSED')
      expect(errorOf(run)).toMatch(/Nobody reviewed this plan: commit aaaaaaa belongs to no merged/)
      expect(errorOf(run)).toContain('delete module.network.google_compute_firewall.iap_ssh[0]')
      expect(errorOf(run)).toContain('review: off')
    },
    PER_PUSH_MS
  )

  it(
    'applies it once its pull request showed it and was merged',
    async () => {
      const plan = await planPullRequest(stage, { number, headSha: HEAD }, without(SSH_OFF))
      expect(errorOf(plan)).toBe('')
      expect(plan.outputs.get('has_destructive_changes')).toBe('true')
      stage.emulator.github.store.merge(number, MERGED)
      const run = await stage.push({ inputs: SSH_OFF, environment: { GITHUB_SHA: MERGED } })
      expect(errorOf(run)).toBe('')
      expect(JSON.parse(run.outputs.get('changes') ?? '')).toMatchObject({ destroy: 1 })
    },
    PER_PUSH_MS
  )

  it(
    'refuses any difference where it must be exact',
    async () => {
      const inputs = { ...SSH_OFF, size: '2', review: 'exact' }
      const run = await stage.push({ inputs, environment: { GITHUB_SHA: MERGED } })
      expect(run.outputs.get('failure_code')).toBe('REVIEW_REFUSED')
      expect(errorOf(run)).toContain('google_compute_region_instance_group_manager.main')
    },
    PER_PUSH_MS
  )
})

describe('dist/ on a schedule', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
    expect(errorOf(await stage.push())).toBe('')
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  const check = () =>
    stage.push({
      inputs: { command: 'plan', drift_issue: 'true' },
      environment: { GITHUB_EVENT_NAME: 'schedule' },
    })
  const issues = () =>
    stage.emulator.github.store.items.map(({ title, state }) => ({ title, state }))

  it(
    'says that nothing has drifted after a deploy',
    async () => {
      const run = await check()
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('has_drift')).toBe('false')
      expect(issues()).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'keeps one issue while something has drifted, and closes it afterwards',
    async () => {
      const rule = `/compute/v1/projects/${PROJECT}/global/firewalls/web-iap-ssh`
      const token = stage.emulator.accessToken('user:owner@example.com')
      const headers = { authorization: `Bearer ${token}` }
      await fetch(`${stage.emulator.url}${rule}`, { method: 'DELETE', headers })
      for (let i = 0; i < 2; i++) {
        const run = await check()
        expect(errorOf(run)).toBe('')
        expect(run.outputs.get('has_drift')).toBe('true')
        expect(issues()).toEqual([
          { title: 'The infrastructure of web has drifted', state: 'open' },
        ])
      }
      expect(errorOf(await stage.push())).toBe('')
      expect((await check()).outputs.get('has_drift')).toBe('false')
      expect(issues()).toMatchObject([{ state: 'closed' }])
    },
    PER_PUSH_MS
  )
})
