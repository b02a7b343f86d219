import { afterEach, describe, expect, it } from '@jest/globals'
import { conclusionsOf, jobOf, onPush, RunnerStage, textsOf } from '../stage.ts'

let stage: RunnerStage | undefined

afterEach(async () => {
  await stage?.close()
  stage = undefined
})

const CALLED = `
on:
  workflow_call:
    inputs:
      word: { type: string, required: true }
      loud: { type: boolean, default: false }
      times: { type: number, default: 2 }
      from: { type: string, default: "\${{ github.actor }}" }
    secrets:
      key: { required: false }
    outputs:
      said: { value: "\${{ jobs.say.outputs.said }}" }
permissions: {}
jobs:
  say:
    runs-on: ubuntu-latest
    outputs: { said: "\${{ steps.s.outputs.said }}" }
    steps:
      - id: s
        env: { KEY: "\${{ secrets.key }}" }
        run: |
          echo "\${{ inputs.word }} \${{ inputs.loud }} \${{ inputs.times == 2 }} \${{ inputs.from }} \${{ github.event_name }}"
          echo "key \${#KEY}, password \${{ secrets.PASSWORD != '' }}, caller's \${{ env.OURS }}"
          echo "said=\${{ inputs.word }}!" >> "$GITHUB_OUTPUT"
`

function calling(jobs: string) {
  return { '.github/workflows/called.yml': CALLED, ...onPush(jobs, 'env: { OURS: x }') }
}

async function pushed(jobs: string) {
  stage = await RunnerStage.open(calling(jobs))
  const run = (await stage.push()).find(({ path }) => path.endsWith('/test.yml'))
  return run
}

describe('a called workflow', () => {
  it('gets inputs and named secrets, and gives outputs', async () => {
    const run = await pushed(`
  call:
    uses: ./.github/workflows/called.yml
    with: { word: hello, loud: true }
    secrets: { key: "\${{ secrets.PASSWORD }}" }
  after:
    needs: call
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ needs.call.result }} \${{ needs.call.outputs.said }}"' }]
`)
    expect(run?.errors).toEqual([])
    expect(conclusionsOf(run)).toEqual({ 'call / say': 'success', after: 'success' })
    expect(textsOf(jobOf(run, 'call/say'))).toEqual([
      'hello true true octocat push',
      "key 15, password false, caller's ",
    ])
    expect(textsOf(jobOf(run, 'after'))).toEqual(['success hello!'])
  })

  it('sees all secrets when it inherits them, and runs once for each leg of a matrix', async () => {
    const run = await pushed(`
  call:
    strategy: { matrix: { word: [a, b] } }
    uses: mervis/mervis/.github/workflows/called.yml@main
    with: { word: "\${{ matrix.word }}" }
    secrets: inherit
`)
    expect(conclusionsOf(run)).toEqual({
      'call (a) / say': 'success',
      'call (b) / say': 'success',
    })
    expect(textsOf(jobOf(run, 'call/say'))).toContain("key 0, password true, caller's ")
  })

  it('is left out with all of its jobs', async () => {
    const run = await pushed(`
  call: { if: false, uses: ./.github/workflows/called.yml, with: { word: a } }
`)
    expect(conclusionsOf(run)).toEqual({ call: 'skipped' })
    expect(run?.conclusion).toBe('skipped')
  })

  it.each([
    ['an input that is missing', '', 'Input word is required, but not provided while calling.'],
    [
      'an input that there is not',
      'with: { word: a, other: b }',
      'Invalid input, other is not defined in the referenced workflow.',
    ],
    ['a file that is missing', 'missing', 'Unable to find reusable workflow'],
  ])('cannot be called with %s', async (_, more, problem) => {
    const file = more === 'missing' ? 'missing.yml' : 'called.yml'
    const run = await pushed(`
  call:
    uses: ./.github/workflows/${file}
    ${more === 'missing' ? '' : more}
`)
    expect(run).toMatchObject({ conclusion: 'failure', jobs: [] })
    expect(run?.errors[0]).toContain(problem)
  })

  it('fails when an expression comes to a value of another type', async () => {
    const run = await pushed(`
  call:
    uses: ./.github/workflows/called.yml
    with: { word: a, loud: "\${{ 'yes' }}" }
`)
    expect(conclusionsOf(run)).toEqual({ call: 'failure' })
    expect(jobOf(run, 'call').steps[0]?.annotations[0]?.text).toBe(
      "Provided value 'yes' for input 'loud' not in the list of allowed values"
    )
  })

  it('cannot have more permissions than its caller', async () => {
    stage = await RunnerStage.open({
      '.github/workflows/called.yml':
        'on: workflow_call\njobs:\n  a:\n    permissions: { contents: write, id-token: write }\n    runs-on: x\n    steps: [{ run: echo }]\n',
      ...onPush(
        '  call: { permissions: { contents: read }, uses: ./.github/workflows/called.yml }'
      ),
    })
    const [run] = await stage.push()
    expect(run?.errors).toEqual([
      ".github/workflows/test.yml: Error calling workflow './.github/workflows/called.yml'. The nested job 'a' is requesting 'contents: write, id-token: write', but is only allowed 'contents: read, id-token: none'.",
    ])
  })
})
