import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { conclusionsOf, type Files, jobOf, onPush, RunnerStage, stepOf, textsOf } from './stage.ts'

let stage: RunnerStage | undefined

afterEach(async () => {
  await stage?.close()
  stage = undefined
})

async function open(files: Files): Promise<RunnerStage> {
  stage = await RunnerStage.open(files)
  return stage
}

const WAITS = `exec node -e "process.on('SIGINT', () => { console.log('interrupted'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')"`

describe('Workflows.cancel', () => {
  it('interrupts the step, leaves out what has not begun, and runs what asks for it', async () => {
    const { workflows } = await open(
      onPush(`
  a:
    runs-on: ubuntu-latest
    steps:
      - { name: waits, run: ${JSON.stringify(WAITS)} }
      - { name: next, run: echo never }
      - { name: tells, if: cancelled(), run: 'echo "\${{ job.status }}"' }
      - { name: always, if: always(), run: echo always }
  b: { needs: a, runs-on: ubuntu-latest, steps: [{ run: echo never }] }
  c: { needs: a, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo always }] }
`)
    )
    const ready = stage?.logged('ready')
    const pushed = stage?.push()
    await ready
    const id = workflows.runs.list()[0]?.id ?? 0
    workflows.cancel(id)
    const run = (await pushed)?.[0]
    expect(run?.conclusion).toBe('cancelled')
    expect(conclusionsOf(run)).toEqual({ a: 'cancelled', b: 'cancelled', c: 'success' })
    const steps = jobOf(run, 'a').steps.map(({ name, conclusion }) => [name, conclusion])
    expect(steps).toEqual([
      ['Set up job', 'success'],
      ['waits', 'cancelled'],
      ['next', 'skipped'],
      ['tells', 'success'],
      ['always', 'success'],
    ])
    expect(textsOf(jobOf(run, 'a'))).toEqual(['ready', 'interrupted', 'cancelled', 'always'])
    expect(() => workflows.cancel(id)).toThrow('Cannot cancel a workflow run that is completed.')
  })

  it('lets a step go on that runs always', async () => {
    const { workflows } = await open(
      onPush(`
  a:
    runs-on: ubuntu-latest
    steps:
      - if: always()
        run: |
          echo begun
          until [ -e "$HOME/../go" ]; do sleep 0.05; done
          echo done
`)
    )
    const begun = stage?.logged('begun')
    const pushed = stage?.push()
    await begun
    const run = workflows.runs.list()[0]
    workflows.cancel(run?.id ?? 0)
    await stage?.touchBesideHome(run)
    const [ended] = (await pushed) ?? []
    expect(textsOf(jobOf(ended, 'a'))).toEqual(['begun', 'done'])
    expect(ended?.conclusion).toBe('cancelled')
  })
})

describe('a matrix', () => {
  it('ends the others when one fails, unless it is told not to', async () => {
    const jobs = (failFast: boolean): string => `
  a:
    runs-on: ubuntu-latest
    strategy: { fail-fast: ${failFast}, max-parallel: 1, matrix: { n: [1, 2, 3] } }
    steps: [{ run: 'test \${{ matrix.n }} != 2' }]
`
    await open(onPush(jobs(true)))
    expect(conclusionsOf((await stage?.push())?.[0])).toEqual({
      'a (1)': 'success',
      'a (2)': 'failure',
      'a (3)': 'cancelled',
    })
    await stage?.commit(onPush(jobs(false)))
    expect(conclusionsOf((await stage?.push())?.[0])).toMatchObject({ 'a (3)': 'success' })
  })

  it('may come from a job, may name its legs, and may tolerate a failure', async () => {
    await open(
      onPush(`
  list:
    runs-on: ubuntu-latest
    outputs: { zones: "\${{ steps.z.outputs.zones }}" }
    steps: [{ id: z, run: "echo 'zones=[\\"b\\", \\"c\\"]' >> $GITHUB_OUTPUT" }]
  each:
    needs: list
    name: zone \${{ matrix.zone }}
    runs-on: ubuntu-latest
    continue-on-error: \${{ matrix.zone == 'c' }}
    strategy: { matrix: { zone: "\${{ fromJSON(needs.list.outputs.zones) }}" } }
    steps: [{ run: 'test \${{ matrix.zone }} = b' }]
`)
    )
    const [run] = (await stage?.push()) ?? []
    expect(conclusionsOf(run)).toEqual({
      list: 'success',
      'zone b': 'success',
      'zone c': 'failure',
    })
    expect(run?.conclusion).toBe('success')
  })
})

describe('concurrency', () => {
  it('keeps runs of a group apart, and cancels the one that waits for the newest', async () => {
    const gate = `until [ -e "$GATE" ]; do sleep 0.05; done; echo "ran $GITHUB_RUN_NUMBER"`
    const { workflows, directory } = await open(
      onPush(
        `
  a:
    runs-on: ubuntu-latest
    steps: [{ run: ${JSON.stringify(gate)} }]
`,
        'concurrency: { group: "deploy-${{ github.ref }}" }\nenv: { GATE: "/proc/self/cwd/../../../../../gate" }'
      )
    )
    const runs = [stage?.push(), stage?.push(), stage?.push()]
    await stage?.until(() => workflows.runs.list().length === 3)
    await stage?.until(() =>
      workflows.runs.list().some(({ conclusion }) => conclusion !== undefined)
    )
    await mkdir(join(directory, 'scratch'), { recursive: true })
    await writeFile(join(directory, 'scratch', 'gate'), '')
    const ended = (await Promise.all(runs)).flat()
    const byNumber = Object.fromEntries(ended.map((run) => [run?.number, run?.conclusion]))
    expect(byNumber).toEqual({ 1: 'success', 2: 'cancelled', 3: 'success' })
    expect(ended.find((run) => run?.number === 2)?.errors[0]).toBe(
      "Canceling since a higher priority waiting request for 'deploy-refs/heads/main' exists"
    )
  })
})

describe('concurrency settings that exclude each other', () => {
  it('fail the run', async () => {
    await open(
      onPush(
        '  a: { runs-on: x, steps: [{ run: echo }] }',
        'concurrency: { group: g, queue: max, cancel-in-progress: true }'
      )
    )
    const [run] = (await stage?.push()) ?? []
    expect(run).toMatchObject({ conclusion: 'failure', jobs: [] })
    expect(run?.errors).toHaveLength(1)
  })
})

describe('Workflows.rerun', () => {
  it('takes the same commit and id with the next attempt', async () => {
    const { workflows } = await open(
      onPush(`
  a:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ github.run_attempt }} $GITHUB_RUN_NUMBER"' }]
`)
    )
    const [first] = (await stage?.push()) ?? []
    await stage?.commit({ 'other.txt': 'x' })
    const again = await workflows.rerun(first?.id ?? 0)
    expect(again).toMatchObject({ id: first?.id, attempt: 2, number: 1, sha: first?.sha })
    expect(textsOf(jobOf(again, 'a'))).toEqual(['2 1'])
    expect(workflows.runs.list()).toEqual([again])
  })
})

describe('a workflow file that is wrong', () => {
  it.each([
    [
      'a key that there is not',
      'on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n',
      [".github/workflows/bad.yml (Line: 5, Col: 5): Unexpected value 'stepz'"],
    ],
    [
      'a job that needs nobody',
      'on: push\njobs:\n  a: { runs-on: x, steps: [{ run: a }] }\n  b: { needs: c, runs-on: x, steps: [{ run: a }] }\n',
      [".github/workflows/bad.yml (Line: 4, Col: 15): Job 'b' depends on unknown job 'c'."],
    ],
    [
      'a context that there is not',
      'on: push\njobs:\n  a:\n    runs-on: x\n    if: secrets.A\n    steps: [{ run: a }]\n',
      [expect.stringContaining("Unrecognized named-value: 'secrets'")],
    ],
  ])('with %s fails before anything runs', async (_, content, errors) => {
    await open({ '.github/workflows/bad.yml': content })
    const [run] = (await stage?.push()) ?? []
    expect(run).toMatchObject({ conclusion: 'failure', jobs: [], errors })
  })
})

describe('Workflows.push', () => {
  it('runs what its filters let through', async () => {
    const named = (name: string, on: string): Files => ({
      [`.github/workflows/${name}.yml`]: `name: ${name}\non: ${on}\njobs: { a: { runs-on: x, steps: [{ run: echo }] } }`,
    })
    await open({
      ...named('main', '{ push: { branches: [main] } }'),
      ...named('docs', '{ push: { paths: ["docs/**"] } }'),
      ...named('other', '{ push: { branches: [other] } }'),
      ...named('pull', 'pull_request'),
      ...named('list', '[push, pull_request]'),
      'README.md': 'not a workflow',
    })
    const names = async (): Promise<readonly string[]> =>
      ((await stage?.push()) ?? []).map(({ name }) => name)
    expect(await names()).toEqual(['list', 'main'])
    await stage?.commit({ 'docs/a.md': 'a' })
    expect(await names()).toEqual(['docs', 'list', 'main'])
  })
})

describe('Workflows.pullRequest', () => {
  it('runs on the merge of the two branches, with what a job knows of them', async () => {
    const { workflows, github } = await open({
      '.github/workflows/pr.yml': `
on: { pull_request: { branches: [main] } }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: |
          ls -x; cat "$GITHUB_EVENT_PATH" | grep -o '"number":[0-9]*' | head -1
          echo "$GITHUB_REF $GITHUB_HEAD_REF $GITHUB_BASE_REF $GITHUB_EVENT_NAME"
          echo "\${{ github.event.pull_request.head.sha == '' }} \${{ github.event.pull_request.title }}"
          git rev-parse HEAD | grep -c "$GITHUB_SHA"
`,
      base: 'x',
    })
    await stage?.git('checkout', '--quiet', '-b', 'change')
    const headSha = (await stage?.commit({ added: 'y' }, 'Adds')) ?? ''
    await stage?.git('checkout', '--quiet', 'main')
    await stage?.commit({ later: 'z' })
    const { number } = github.store.addPull({ title: 'Adds y', headRef: 'change', headSha })
    const pull = { number, headSha, headBranch: 'change', baseBranch: 'main', actor: 'octocat' }
    const [run] = await workflows.pullRequest({ action: 'opened', ...pull })
    expect(run).toMatchObject({ event: 'pull_request', branch: 'change', sha: headSha, errors: [] })
    expect(textsOf(jobOf(run, 'a')).filter((text) => !text.startsWith('[command]'))).toEqual([
      'added  base  later',
      '"number":1',
      'refs/pull/1/merge change main pull_request',
      'false Adds y',
      '1',
    ])
    expect(await workflows.pullRequest({ action: 'closed', ...pull })).toEqual([])
    expect(
      await workflows.pullRequest({ action: 'opened', ...pull, baseBranch: 'change' })
    ).toEqual([])
  })

  it('runs nothing while the two are in conflict', async () => {
    const { workflows } = await open({
      '.github/workflows/pr.yml':
        'on: pull_request\njobs: { a: { runs-on: x, steps: [{ run: echo }] } }',
      file: 'x\n',
    })
    await stage?.git('checkout', '--quiet', '-b', 'change')
    const headSha = (await stage?.commit({ file: 'mine\n' })) ?? ''
    await stage?.git('checkout', '--quiet', 'main')
    await stage?.commit({ file: 'theirs\n' })
    const runs = await workflows.pullRequest({
      action: 'opened',
      number: 1,
      headSha,
      headBranch: 'change',
      baseBranch: 'main',
      actor: 'octocat',
    })
    expect(runs).toEqual([])
  })
})

describe('Workflows.schedule', () => {
  it('runs the file with its time', async () => {
    const { workflows } = await open({
      '.github/workflows/daily.yml':
        "on: { schedule: [{ cron: '23 4 * * *' }] }\njobs: { a: { runs-on: x, steps: [{ run: 'echo \"${{ github.event.schedule }}\"' }] } }",
    })
    const run = await workflows.schedule({ file: 'daily.yml', branch: 'main' })
    expect(run.event).toBe('schedule')
    expect(textsOf(jobOf(run, 'a'))).toEqual(['23 4 * * *'])
    expect(stepOf(jobOf(run, 'a'), 'Run echo "23 4 * * *"').conclusion).toBe('success')
  })
})
