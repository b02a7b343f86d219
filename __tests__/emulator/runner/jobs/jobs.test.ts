import { afterEach, describe, expect, it } from '@jest/globals'
import { conclusionsOf, jobOf, onPush, RunnerStage, stepOf, textsOf } from '../stage.ts'

let stage: RunnerStage | undefined

afterEach(async () => {
  await stage?.close()
  stage = undefined
})

async function pushed(jobs: string, top = '') {
  stage = await RunnerStage.open(onPush(jobs, top))
  const [run] = await stage.push()
  return run
}

describe('steps of a job', () => {
  it('hand on outputs, variables and folders of PATH, and see the contexts', async () => {
    const run = await pushed(`
  a:
    runs-on: ubuntu-latest
    env: { WHO: "\${{ github.actor }}" }
    steps:
      - id: one
        run: |
          echo "answer=42" >> "$GITHUB_OUTPUT"
          echo "KEPT=yes" >> "$GITHUB_ENV"
          mkdir bin; printf '#!/bin/sh\\necho tool\\n' > bin/tool; chmod +x bin/tool
          echo "$PWD/bin" >> "$GITHUB_PATH"
      - run: |
          echo "\${{ steps.one.outputs.answer }} $KEPT \${{ env.KEPT }} $WHO $GITHUB_REF $GITHUB_JOB \${{ vars.COLOR }}"
          tool
          echo "\${{ runner.os }} \${{ github.event.head_commit.message }} $ENDPOINT [$GITHUB_TOKEN]"
`)
    expect(run).toMatchObject({ status: 'completed', conclusion: 'success', errors: [] })
    expect(textsOf(jobOf(run, 'a'))).toEqual([
      '42 yes yes octocat refs/heads/main a blue',
      'tool',
      'Linux A change http://127.0.0.1:1 []',
    ])
  })

  it('stop at the first failure, but for those that ask for it', async () => {
    const run = await pushed(`
  a:
    runs-on: ubuntu-latest
    steps:
      - { name: tolerated, id: t, run: exit 1, continue-on-error: true }
      - { name: after, run: "echo \${{ steps.t.outcome }} \${{ steps.t.conclusion }}" }
      - { name: breaks, run: exit 3 }
      - { name: left out, run: echo never }
      - { name: on failure, if: failure(), run: "echo \${{ job.status }}" }
      - { name: in any case, if: always(), run: echo always }
      - { name: on cancel, if: cancelled(), run: echo never }
`)
    const job = jobOf(run, 'a')
    expect(job.conclusion).toBe('failure')
    expect(job.steps.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['Set up job', 'success'],
      ['tolerated', 'success'],
      ['after', 'success'],
      ['breaks', 'failure'],
      ['left out', 'skipped'],
      ['on failure', 'success'],
      ['in any case', 'success'],
      ['on cancel', 'skipped'],
    ])
    expect(textsOf(job)).toEqual([
      'Process completed with exit code 1.',
      'failure success',
      'Process completed with exit code 3.',
      'failure',
      'always',
    ])
    expect(stepOf(job, 'breaks').annotations).toMatchObject([{ level: 'error' }])
  })
})

describe('jobs of a run', () => {
  it('wait for what they need, and are left out when it fails', async () => {
    const run = await pushed(`
  last:
    needs: [first, matrix]
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ needs.first.outputs.word }} \${{ needs.matrix.result }}"' }]
  first:
    runs-on: ubuntu-latest
    outputs: { word: "\${{ steps.s.outputs.word }}" }
    steps: [{ id: s, run: 'echo word=hello >> $GITHUB_OUTPUT' }]
  matrix:
    runs-on: ubuntu-latest
    strategy: { matrix: { n: [1, 2] } }
    steps: [{ run: 'echo leg \${{ matrix.n }} of \${{ strategy.job-total }}' }]
  breaks:
    runs-on: ubuntu-latest
    steps: [{ run: exit 1 }]
  left-out: { needs: breaks, runs-on: ubuntu-latest, steps: [{ run: echo }] }
  far: { needs: left-out, runs-on: ubuntu-latest, steps: [{ run: echo }] }
  mends:
    needs: breaks
    if: failure()
    runs-on: ubuntu-latest
    steps: [{ run: 'echo mends after \${{ needs.breaks.result }}' }]
`)
    expect(conclusionsOf(run)).toEqual({
      last: 'success',
      first: 'success',
      'matrix (1)': 'success',
      'matrix (2)': 'success',
      breaks: 'failure',
      'left-out': 'skipped',
      far: 'skipped',
      mends: 'success',
    })
    expect(run?.conclusion).toBe('failure')
    expect(textsOf(jobOf(run, 'last'))).toEqual(['hello success'])
    expect(textsOf(jobOf(run, 'mends'))).toEqual(['mends after failure'])
  })
})
