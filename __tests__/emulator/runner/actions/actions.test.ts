import { afterEach, describe, expect, it } from '@jest/globals'
import { type Files, jobOf, onPush, RunnerStage, stepOf, textsOf } from '../stage.ts'

let stage: RunnerStage | undefined

afterEach(async () => {
  await stage?.close()
  stage = undefined
})

async function pushed(steps: string, files: Files) {
  stage = await RunnerStage.open({
    ...onPush(`  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`),
    ...files,
  })
  const [run] = await stage.push()
  return jobOf(run, 'a')
}

const action = (name: string, runs: string, more = ''): Files => ({
  [`${name}/action.yml`]: `name: ${name}\ndescription: A fixture\n${more}\nruns:\n${runs}`,
})

/** An action whose three parts say that they run, with what they were given. */
function spoken(name: string, more = ''): Files {
  const said = (part: string): string => `
import { appendFileSync } from 'node:fs'
const { env } = process
console.log('${part} ${name} ' + (env.INPUT_WORD ?? '') + ' ' + (env.STATE_left ?? '-'))
if ('${part}' === 'main') {
  appendFileSync(env.GITHUB_STATE, 'left=' + env.INPUT_WORD + '\\n')
  appendFileSync(env.GITHUB_OUTPUT, 'said=' + env.INPUT_WORD + '\\n')
  if (env.INPUT_WORD === 'fail') process.exit(1)
}
if ('${part}' === 'pre') appendFileSync(env.GITHUB_STATE, 'left=by pre\\n')
`
  return {
    ...action(
      name,
      `  using: node24\n  pre: pre.mjs\n  main: main.mjs\n  post: post.mjs\n${more}`,
      "inputs:\n  word: { description: What to say, default: '${{ github.actor }}' }"
    ),
    [`${name}/pre.mjs`]: said('pre'),
    [`${name}/main.mjs`]: said('main'),
    [`${name}/post.mjs`]: said('post'),
  }
}

describe('JavaScript actions', () => {
  it('get defaults, hand state to post, and end in the opposite order', async () => {
    const job = await pushed(
      `
      - uses: actions/checkout@v5
      - { uses: ./one, id: first, with: { word: hello } }
      - uses: ./two
      - run: echo "\${{ steps.first.outputs.said }}"
`,
      { ...spoken('one'), ...spoken('two') }
    )
    expect(job.conclusion).toBe('success')
    expect(textsOf(job).filter((text) => !text.startsWith('[command]'))).toEqual([
      'main one hello -',
      'main two octocat -',
      'hello',
      'post two octocat octocat',
      'post one hello hello',
    ])
    expect(job.steps.map(({ name }) => name)).toEqual([
      'Set up job',
      'Run actions/checkout@v5',
      'Run ./one',
      'Run ./two',
      'Run echo "hello"',
      'Post Run ./two',
      'Post Run ./one',
      'Post Run actions/checkout@v5',
    ])
  })

  it('of the repository itself need no checkout, and run pre before everything', async () => {
    const job = await pushed(
      `
      - run: echo first
      - { uses: $/one, with: { word: self } }
      - { uses: mervis/mervis/one@main, with: { word: named } }
`,
      spoken('one')
    )
    expect(job.conclusion).toBe('success')
    const texts = job.steps.flatMap(({ log }) =>
      log.flatMap((line) => ('text' in line && line.text.includes(' one ') ? [line.text] : []))
    )
    expect(texts).toEqual([
      'pre one self -',
      'pre one named -',
      'main one self by pre',
      'main one named by pre',
      'post one named named',
      'post one self self',
    ])
  })

  it('run post after a failure unless post-if says otherwise', async () => {
    const job = await pushed(
      `
      - uses: actions/checkout@v5
      - { uses: ./quiet }
      - { uses: ./one, with: { word: fail } }
`,
      { ...spoken('one'), ...spoken('quiet', '  post-if: success()\n') }
    )
    expect(job.conclusion).toBe('failure')
    expect(stepOf(job, 'Post Run ./one').conclusion).toBe('success')
    expect(stepOf(job, 'Post Run ./quiet').conclusion).toBe('skipped')
  })

  it('are warned of inputs that they do not have', async () => {
    const job = await pushed(
      '      - uses: actions/checkout@v5\n      - { uses: ./one, with: { wrod: hello } }',
      spoken('one')
    )
    expect(stepOf(job, 'Run ./one').annotations).toMatchObject([
      { level: 'warning', text: "Unexpected input(s) 'wrod', valid inputs are ['word']" },
    ])
  })
})

describe('composite actions', () => {
  it('run their steps with inputs, and give outputs', async () => {
    const job = await pushed(
      `
      - uses: actions/checkout@v5
      - { uses: ./both, id: both, with: { name: Mervis }, env: { OUTER: outside } }
      - run: echo "\${{ steps.both.outputs.greeting }} [$OUTER]"
`,
      {
        ...action(
          'both',
          `  using: composite
  steps:
    - id: greet
      shell: bash
      run: |
        echo "text=hello \${{ inputs.name }} $OUTER" >> "$GITHUB_OUTPUT"
        ls "$GITHUB_ACTION_PATH"
    - if: failure()
      shell: bash
      run: echo never
    - uses: ./one
      with: { word: inner }
`,
          `inputs: { name: { description: Who, required: true } }
outputs: { greeting: { description: What, value: '\${{ steps.greet.outputs.text }}' } }`
        ),
        ...spoken('one'),
      }
    )
    expect(job.conclusion).toBe('success')
    expect(textsOf(job).filter((text) => !text.startsWith('[command]'))).toEqual([
      'action.yml',
      'main one inner -',
      'hello Mervis outside []',
      'post one inner inner',
    ])
  })

  it('fail with their steps', async () => {
    const job = await pushed(
      '      - uses: actions/checkout@v5\n      - { uses: ./both }\n      - run: echo never',
      action(
        'both',
        `  using: composite
  steps:
    - { run: exit 4, shell: bash }
    - { run: echo after a failure, shell: bash, if: failure() }
    - { run: echo never, shell: bash }
`
      )
    )
    expect(job.conclusion).toBe('failure')
    expect(textsOf(job)).toEqual(
      expect.arrayContaining(['Process completed with exit code 4.', 'after a failure'])
    )
    expect(textsOf(job)).not.toContain('never')
  })
})

describe('actions of others', () => {
  it('that set a tool up do nothing where the machine has it', async () => {
    const job = await pushed(
      '      - uses: actions/setup-node@v6\n        with: { node-version: 24 }',
      {}
    )
    expect(job.conclusion).toBe('success')
    expect(textsOf(job)[0]).toMatch(/^The emulator sets nothing up: this machine has \/.*node\.$/)
  })

  it.each([
    ['uses: somebody/something@v1', /^Unable to resolve action somebody\/something@v1: /],
    ['uses: docker://alpine', /^Container actions are not emulated\.$/],
    ['uses: ./missing', /^Can't find 'action.yml' or 'action.yaml' under '.*missing'/],
    ['uses: $/', /must be followed by the path/],
    ['run: echo\n        shell: powershell', /^Invalid shell option\./],
  ])('%s fails and says why', async (step, message) => {
    const job = await pushed(`      - ${step}`, {})
    expect(job.conclusion).toBe('failure')
    const annotations = job.steps.flatMap((one) => one.annotations)
    expect(annotations.map(({ text }) => text)).toEqual([expect.stringMatching(message)])
  })
})

describe('actions/checkout', () => {
  it('brings the commit of the event, another ref, or all history, and hides its token', async () => {
    stage = await RunnerStage.open({ 'file.txt': 'old' })
    await stage.git('branch', 'before')
    await stage.commit({
      'file.txt': 'new',
      ...onPush(`  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: |
          cat file.txt; echo; git rev-parse --abbrev-ref HEAD; git log --oneline | wc -l
          git config --get http.https://github.com/.extraheader
      - uses: actions/checkout@v5
        with: { ref: before, path: old, persist-credentials: false, fetch-depth: 0 }
      - run: |
          cat file.txt; echo; git log --oneline | wc -l
          git config --get http.https://github.com/.extraheader || echo no token
        working-directory: old
`),
    })
    const [run] = await stage.push()
    const texts = textsOf(jobOf(run, 'a')).filter((text) => !text.startsWith('[command]'))
    expect(texts).toEqual(['new', 'main', '1', 'AUTHORIZATION: basic ***', 'old', '1', 'no token'])
  })
})
