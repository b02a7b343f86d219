import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { jobOf, onPush, RunnerStage, stepOf, textsOf } from '../stage.ts'

let stage: RunnerStage | undefined

afterEach(async () => {
  await stage?.close()
  stage = undefined
})

async function pushed(steps: string, job = '') {
  stage = await RunnerStage.open(
    onPush(`  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n${steps}`)
  )
  const [run] = await stage.push()
  return jobOf(run, 'a')
}

describe('secrets', () => {
  it('are hidden in logs, summaries and annotations, in all usual forms', async () => {
    const job = await pushed(`
      - name: tell
        env: { PASSWORD: "\${{ secrets.PASSWORD }}" }
        run: |
          echo "it is $PASSWORD"
          echo -n "$PASSWORD" | base64
          echo "::warning::still $PASSWORD"
          echo "::add-mask::a word"
          echo "not a word"
          echo "summary $PASSWORD" >> "$GITHUB_STEP_SUMMARY"
          echo "\${{ github.token }}"
`)
    expect(textsOf(job)).toEqual(['it is ***', '***', 'still ***', 'not ***', '***'])
    expect(stepOf(job, 'tell').summary).toBe('summary ***\n')
  })

  it('never become outputs of a job', async () => {
    const job = await pushed(
      `
      - id: s
        run: |
          echo "bad=\${{ secrets.PASSWORD }}!" >> "$GITHUB_OUTPUT"
          echo "good=fine" >> "$GITHUB_OUTPUT"
`,
      '    outputs: { bad: "${{ steps.s.outputs.bad }}", good: "${{ steps.s.outputs.good }}" }\n'
    )
    expect([...job.outputs]).toEqual([['good', 'fine']])
    expect(stepOf(job, 'Set up job').annotations).toMatchObject([
      { level: 'warning', text: "Skip output 'bad' since it may contain secret." },
    ])
  })
})

describe('limits of a step', () => {
  it('are ten annotations of a level, of 4,096 characters', async () => {
    const job = await pushed(`
      - name: many
        run: |
          for n in $(seq 12); do echo "::warning::$n"; done
          echo "::error::$(printf 'x%.0s' $(seq 5000))"
`)
    const { annotations } = stepOf(job, 'many')
    expect(annotations).toHaveLength(11)
    expect(annotations.at(-1)?.text).toHaveLength(4096)
  })

  it('are a summary of a mebibyte, which is dropped when it is larger', async () => {
    const job = await pushed(`
      - name: large
        run: head -c 1048577 /dev/zero | tr '\\0' x >> "$GITHUB_STEP_SUMMARY"
      - name: fits
        run: head -c 1048576 /dev/zero | tr '\\0' x >> "$GITHUB_STEP_SUMMARY"
`)
    expect(job.conclusion).toBe('success')
    expect(stepOf(job, 'large').summary).toBe('')
    expect(stepOf(job, 'large').annotations[0]?.text).toContain('upload aborted')
    expect(stepOf(job, 'fits').summary).toHaveLength(1_048_576)
  })

  it('are names that nobody may set', async () => {
    const job = await pushed(`
      - run: |
          echo "GITHUB_SHA=mine" >> "$GITHUB_ENV"
          echo "RUNNER_OS=mine" >> "$GITHUB_ENV"
      - run: 'echo "$RUNNER_OS $GITHUB_SHA" | grep -v mine | wc -l'
      - name: node
        run: echo "NODE_OPTIONS=--inspect" >> "$GITHUB_ENV"
`)
    expect(textsOf(job)[0]).toBe('1')
    expect(stepOf(job, 'node').conclusion).toBe('failure')
  })

  it('are its minutes', async () => {
    const job = await pushed(
      '      - { name: slow, run: exec sleep 30, timeout-minutes: 0.005 }\n      - { name: after, if: failure(), run: echo }'
    )
    expect(stepOf(job, 'slow')).toMatchObject({
      conclusion: 'failure',
      annotations: [{ text: "The action 'slow' has timed out after 0.005 minutes." }],
    })
    expect(stepOf(job, 'after').conclusion).toBe('success')
  })
})

describe('a job', () => {
  it('is cancelled when its minutes are over', async () => {
    const job = await pushed(
      '      - { name: slow, run: exec sleep 30 }\n      - { name: late, if: always(), run: echo late }',
      '    timeout-minutes: 0.01\n'
    )
    expect(job.conclusion).toBe('cancelled')
    expect(stepOf(job, 'late').conclusion).toBe('success')
  })

  it('leaves no process behind', async () => {
    const job = await pushed('      - run: sleep 300 > /dev/null 2>&1 & echo $!')
    const pid = Number(textsOf(job)[0])
    expect(pid).toBeGreaterThan(1)
    await expect(isGone(pid)).resolves.toBe(true)
  })

  it('refuses what needs a container', async () => {
    const job = await pushed('      - run: echo', '    container: alpine\n')
    expect(job.conclusion).toBe('failure')
    expect(stepOf(job, 'Set up job').annotations[0]?.text).toBe(
      '`container` is not emulated: jobs run on this machine.'
    )
  })

  it('takes defaults of workflow and job', async () => {
    stage = await RunnerStage.open(
      onPush(
        `  a:
    runs-on: ubuntu-latest
    defaults: { run: { working-directory: sub } }
    steps:
      - { run: mkdir sub, working-directory: . }
      - run: basename $PWD; set -o | grep pipefail | tr -s '\\t ' ' '
      - { run: 'import os; print(os.path.basename(os.getcwd()))', shell: python }
`,
        'defaults: { run: { shell: bash } }'
      )
    )
    const [run] = await stage.push()
    expect(textsOf(jobOf(run, 'a'))).toEqual(['sub', 'pipefail on', 'sub'])
  })
})

// One that was killed may wait to be buried.
async function isGone(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone')
  return status === 'gone' || / [ZX] /.test(status)
}
