import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ConsoleState } from '../../../emulator/console/sections.ts'
import { RunBook, type StepRun, type WorkflowRun } from '../../../emulator/runner/runs.ts'
import { call, type Harness, startHarness } from '../harness.ts'

const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>'

let harness: Harness
let url: string
const book = new RunBook()

beforeAll(async () => {
  harness = await startHarness()
  url = harness.emulator.url
  const unasked = (): never => {
    throw new Error('Nobody asked for a run.')
  }
  const runner = { runs: book, startDispatch: unasked, startRerun: unasked, cancel: unasked }
  harness.emulator.github.actions.connect(runner)
})
afterAll(() => harness.stop())

async function readState(): Promise<ConsoleState> {
  return (await call(`${url}/emulator/console/state`)).json
}

function aStep(overrides: Partial<StepRun> = {}): StepRun {
  return {
    number: 1,
    name: 'Deploy',
    status: 'completed',
    conclusion: 'success',
    startedAtMs: 1_000,
    endedAtMs: 3_500,
    log: [],
    summary: '',
    annotations: [],
    outputs: new Map(),
    ...overrides,
  }
}

function aRun(steps: readonly StepRun[], overrides: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: 7,
    attempt: 1,
    number: 1,
    name: 'deploy',
    path: '.github/workflows/deploy.yml',
    event: 'push',
    branch: 'main',
    sha: 'a'.repeat(40),
    title: 'Ask the new model',
    actor: 'mervis',
    status: 'completed',
    conclusion: 'success',
    createdAtMs: 1_000,
    errors: [],
    jobs: [
      {
        id: 3,
        key: 'deploy',
        name: 'deploy',
        status: 'completed',
        conclusion: 'success',
        environment: 'production',
        environmentUrl: '',
        steps,
        outputs: new Map(),
      },
    ],
    ...overrides,
  }
}

describe('GET /console', () => {
  it('is a page that may load nothing but its own files', async () => {
    const page = await call(`${url}/console`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/
    )
    expect(page.text).toContain('<b>mervis-demo</b>')
    expect(page.text).toContain('No instance group yet.')
    expect(page.text).not.toMatch(/<!-- [a-z]+ -->|(?:src|href)="(?:https?:)?\/\//)
    const files = [...page.text.matchAll(/(?:src|href)="(\/console\/[^"]+)"/g)].map(
      ([, path]) => path
    )
    expect(files).toContain('/console/console.js')
    for (const file of new Set(files)) expect((await call(`${url}${file}`)).status).toBe(200)
  })

  it.each([
    ['/console/nothing.css', 404],
    ['/console/..%2fconsole.ts', 404],
    ['/console/index.html', 404],
  ])('serves no other file: %s', async (path, status) => {
    expect((await call(`${url}${path}`)).status).toBe(status)
  })

  it('is no request that anybody counts', async () => {
    await call(`${url}/console`)
    expect(harness.emulator.requests.map(({ path }) => path)).not.toContain('/console')
  })
})

describe('GET /emulator/console/state', () => {
  it('holds pull requests with what was said in them', async () => {
    const { store } = harness.emulator.github
    const { number } = store.addPull({ title: 'Greet', author: 'mervis', headRef: 'greet' })
    const comment = store.addComment(number, 'github-actions[bot]', 'Nothing changes.')
    store.changeComment(comment, 'github-actions[bot]', HOSTILE)
    store.merge(number)
    const { items } = await readState()
    expect(items[0]).toMatchObject({
      number,
      title: 'Greet',
      state: 'merged',
      pull: { headRef: 'greet', baseRef: 'main' },
      comments: [{ author: 'github-actions[bot]', body: HOSTILE }],
    })
  })

  it('holds deployments with their newest state', async () => {
    const { deployments } = harness.emulator.github
    const asked = {
      ref: 'main',
      sha: 'b'.repeat(40),
      task: 'deploy',
      environment: 'production',
      description: '',
    }
    const { id } = deployments.create({
      ...asked,
      payload: {},
      creator: 'mervis',
      isTransient: false,
      isProduction: true,
    })
    const status = {
      description: 'release 1',
      logUrl: '',
      environmentUrl: 'http://127.0.0.1:1/',
      creator: 'mervis',
    }
    deployments.addStatus(id, { ...status, state: 'in_progress' })
    deployments.addStatus(id, { ...status, state: 'success' })
    const state = await readState()
    expect(state.deployments[0]).toMatchObject({ environment: 'production', state: 'success' })
    expect(state.deployments[0]?.statuses.map((one) => one.state)).toEqual([
      'in_progress',
      'success',
    ])
  })

  it('reads ledgers in any bucket, and passes over what is none', async () => {
    const entry = {
      attempt: 1,
      kind: 'deploy',
      release: 'abc',
      outcome: null,
      started_at: '2026-01-01T00:00:00Z',
    }
    const put = (name: string, text: string): unknown =>
      harness.emulator.cloud.store.put('mervis-demo-tfstate', name, {
        data: Buffer.from(text),
        contentType: 'application/json',
        fields: {},
      })
    put('web/releases.json', JSON.stringify({ version: 1, entries: [entry, 'nonsense'] }))
    put('other/releases.json', 'not JSON')
    const { ledger } = await readState()
    expect(ledger).toEqual([
      expect.objectContaining({ service: 'web', release: 'abc', outcome: '', finishedAt: '' }),
    ])
  })

  it('holds runs without their logs, which are read by step', async () => {
    const log = [
      { kind: 'group', title: 'Rolling' },
      { kind: 'text', text: '<b>not bold</b>' },
      { kind: 'debug', text: 'unseen' },
    ] as const
    book.put(aRun([aStep({ log, summary: '## Done' })]))
    const { runs } = await readState()
    expect(runs[0]).toMatchObject({ id: 7, summary: '## Done', jobs: [{ steps: [{ lines: 3 }] }] })
    expect(JSON.stringify(runs)).not.toContain('not bold')
    const shown = await call(`${url}/emulator/console/runs/7/jobs/3/steps/1/log`)
    expect(shown.text).toContain('&lt;b&gt;not bold&lt;/b&gt;')
    expect(shown.text).not.toContain('unseen')
    expect((await call(`${url}/emulator/console/runs/7/jobs/3/steps/9/log`)).status).toBe(404)
  })
})

describe('GET /emulator/console/events', () => {
  /** Reads until `enough` of what has come; then hangs up. */
  async function listen(
    enough: (text: string) => boolean,
    meanwhile?: () => void
  ): Promise<string> {
    const over = new AbortController()
    const response = await fetch(`${url}/emulator/console/events`, { signal: over.signal })
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (/event: deployments/.test(text)) meanwhile?.()
      if (enough(text)) break
    }
    over.abort()
    return text
  }

  it('sends every section at first, and no script of anybody', async () => {
    const text = await listen((so) => so.includes('event: deployments'))
    for (const name of ['group', 'traffic', 'summary', 'items', 'runs', 'ledger', 'deployments'])
      expect(text).toContain(`event: ${name}\n`)
    expect(text).toContain('[picture]')
    expect(text).not.toMatch(/<script|onerror/)
  })

  it('then sends what has changed, and nothing else', async () => {
    let told = 0
    const text = await listen(
      (so) => so.includes('Another title'),
      () => {
        if (told++ === 0) harness.emulator.github.store.addPull({ title: 'Another title' })
      }
    )
    expect(text.match(/event: items/g)).toHaveLength(2)
    expect(text.match(/event: ledger/g)).toHaveLength(1)
  })
})

describe('requests', () => {
  it('are counted by release, and a visitor is believed before the front', async () => {
    const { traffic } = harness.emulator.console
    expect((await readState()).traffic).toMatchObject({ source: 'nobody', total: 0 })
    traffic.count('front', { release: 'r1' })
    expect((await readState()).traffic).toMatchObject({ source: 'front', total: 1, failed: 0 })
    traffic.count('visitor', { release: 'r2', version: '1.1.0' })
    traffic.count('visitor', { release: undefined })
    const state = (await readState()).traffic
    expect(state).toMatchObject({
      source: 'visitor',
      total: 2,
      failed: 1,
      versions: { r2: '1.1.0' },
    })
    expect((await call(`${url}/console`)).text).toContain('<rect class="failed"')
  })

  it('are passed on by a front only for a group that there is', async () => {
    const answer = await call(`${url}/emulator/front`, { body: { group: 'nobody' } })
    expect(answer.status).toBe(404)
  })
})
