import { describe, expect, it } from '@jest/globals'
import { aConfig, PROVIDER, parse, REQUIRED } from '../fakes/deploy-inputs.ts'
import { ACCEPTED, REFUSED } from './input-edges.ts'

/** The sentences about inputs that are wrong. */
function problemsOf(
  more: Readonly<Record<string, string>>,
  repository?: string
): readonly string[] {
  return parse(more, repository).problems?.map(({ message }) => message) ?? []
}

describe('parseInputs', () => {
  it.each(ACCEPTED)('takes %s %j', (input, given, field, value) => {
    expect(aConfig({ [input]: given })[field]).toEqual(value)
  })

  it.each(REFUSED)('refuses %s %j in one sentence that names the input', (input, given) => {
    const problems = problemsOf({ [input]: given })
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^Input "${input}" .*\\.$`, 's'))])
  })

  it('tells everything that is wrong at once, in the order of the inputs', () => {
    const { config, problems } = parse({
      project_id: 'X',
      size: 'many',
      zones: 'b',
      secrets: 'K=?',
      port: 'x',
    })
    expect(config).toBeUndefined()
    expect(problems?.map(({ input }) => input)).toEqual([
      'project_id',
      'zones',
      'size',
      'port',
      'secrets',
    ])
  })

  it('tells every wrong line of an input', () => {
    const [first, second, ...others] = problemsOf({ env: 'A=1\nnope\nB=2\n-=3' })
    expect([first, second]).toEqual([
      expect.stringContaining('line 2'),
      expect.stringContaining('line 4'),
    ])
    expect(others).toEqual([])
  })

  it('refuses a name that is both a setting and a secret', () => {
    expect(problemsOf({ env: 'A=1\nB=2', secrets: 'B=key\nC=key' })).toEqual([
      'Input "secrets" sets B, which "env" sets, too: write it in one of them.',
    ])
  })

  it('says what was given and what to write instead', () => {
    expect(problemsOf({ region: 'europe-west1-b' })).toEqual([
      'Input "region" is "europe-west1-b": write a region (not a zone), such as "asia-northeast3".',
    ])
    expect(problemsOf({ state_bucket: ' ' })).toEqual([
      'Input "state_bucket" is required: write the name of a Cloud Storage bucket without "gs://".',
    ])
    expect(problemsOf({ port: '99999' })).toEqual([
      'Input "port" is "99999": write a whole number from 1 to 65535, or "none" for a worker.',
    ])
    expect(problemsOf({ zones: 'us-central1-a europe-west1-b' })).toEqual([
      'Input "zones" is "us-central1-a": write zones of the region, such as "europe-west1-a, europe-west1-b".',
    ])
  })

  it('gives no advice about zones while the region itself is wrong', () => {
    const problems = problemsOf({ region: 'europe-west1-b', zones: 'europe-west1-b' })
    expect(problems.join('\n')).not.toContain('europe-west1-b-a')
  })

  it('shortens what is long', () => {
    const [problem = ''] = problemsOf({ machine_type: 'x'.repeat(10_000) })
    expect(problem.length).toBeLessThan(200)
  })

  it('keeps a hostile value on its own line out of a pattern', () => {
    expect(problemsOf({ region: '.*', zones: 'us-central1-a' })).not.toEqual([])
    expect(problemsOf({ region: '(', zones: '(-a' })).not.toEqual([])
  })

  describe('when nothing but the required inputs is given', () => {
    it('is a whole configuration', () => {
      expect(aConfig()).toEqual({
        command: 'deploy',
        release: undefined,
        force: false,
        deleteHistory: false,
        environment: undefined,
        secretValues: new Map(),
        keepSecretVersions: 10,
        roll: false,
        projectId: 'mervis-demo',
        region: 'europe-west1',
        zones: [],
        name: 'mervis',
        machineType: 'e2-small',
        size: 1,
        port: 8080,
        healthPath: '/healthz',
        strategy: 'surge',
        provisioning: 'spot',
        env: new Map(),
        secrets: new Map(),
        workloadIdentityProvider: PROVIDER,
        serviceAccount: undefined,
        stateBucket: 'mervis-demo-tfstate',
        terraformDirectory: undefined,
        terraformVersion: undefined,
        terraformVariables: new Map(),
        context: '.',
        dockerfile: undefined,
        target: undefined,
        buildArgs: new Map(),
        buildSecrets: new Map(),
        platforms: [],
        sbom: false,
        image: undefined,
        rebuildAfterMs: 604_800_000,
        secretScan: 'block',
        keepReleases: 10,
        progressDeadlineMs: 600_000,
        minReadyMs: 10_000,
        autoRollback: true,
        review: 'destructive',
        comment: true,
        driftIssue: false,
        githubToken: '',
      })
    })

    it('misses exactly the required ones when there is nothing at all', () => {
      const nothing = Object.fromEntries(Object.keys(REQUIRED).map((input) => [input, '']))
      expect(
        parse(nothing)
          .problems?.map(({ input }) => input)
          .sort()
      ).toEqual(Object.keys(REQUIRED).sort())
    })
  })

  describe('destroy', () => {
    it('wants to be told the name of what it removes', () => {
      expect(aConfig({ command: 'destroy', confirm: 'mervis' }).command).toBe('destroy')
      expect(problemsOf({ command: 'destroy' })).toEqual([
        'Input "confirm" is required: write "mervis", the name of the service, to destroy everything of it.',
      ])
      expect(problemsOf({ command: 'destroy', confirm: 'mervis-2' })).toEqual([
        'Input "confirm" is "mervis-2": write "mervis", the name of the service, to destroy everything of it.',
      ])
    })

    it('takes no name for a confirmation of anything else', () => {
      expect(aConfig({ confirm: 'whatever' }).command).toBe('deploy')
    })
  })

  describe('an image that is there', () => {
    const image = 'europe-west1-docker.pkg.dev/mervis-demo/other/web:v1'

    it('is taken without anything that only a build uses', () => {
      expect(parse({ image, context: 'app' }).config?.image).toBe(image)
      expect(problemsOf({ image, target: 'prod', build_secrets: 'A=bcde' })).toEqual([
        'Input "image" names an image that is there: take "target", "build_secrets" away, or "image".',
      ])
    })
  })

  describe('the default of name', () => {
    it.each([
      ['mervis/mervis', 'mervis'],
      ['Mervis/Mervis.App_2', 'mervis-app-2'],
      ['mervis/42-is-the-answer', 'is-the-answer'],
      [`mervis/${'long-'.repeat(20)}`, 'long-'.repeat(8).concat('lo')],
      [`mervis/${'x'.repeat(41)}-yz`, 'x'.repeat(41)],
    ])('is made from the repository %s', (repository, name) => {
      expect(parse({}, repository).config?.name).toBe(name)
    })

    it.each(['', 'mervis', 'mervis/42', 'mervis/___'])(
      'is missed when the repository is %j',
      (repository) => {
        expect(problemsOf({}, repository)).toEqual([
          expect.stringMatching(/^Input "name" is required/),
        ])
      }
    )
  })

  describe('values that may be secret', () => {
    const VALUE = 'hunter2-SECRET'

    it.each(['env', 'secrets', 'build_args', 'build_secrets', 'terraform_variables'])(
      'are never shown for %s',
      (input) => {
        const lines = [
          VALUE,
          `=${VALUE}`,
          `1=${VALUE}`,
          `A= ${VALUE}!`,
          `A=${VALUE}!`,
          `B=${VALUE}\0`,
        ]
        const problems = problemsOf({ [input]: lines.join('\n') })
        expect(problems.length).toBeGreaterThanOrEqual(4)
        expect(problems.join('\n')).not.toContain(VALUE)
      }
    )

    it('are not shown when a whole private key was pasted', () => {
      // Its last line happens to look like NAME=VALUE.
      const key = [
        '-----BEGIN PRIVATE KEY-----',
        'MIIEvQIBADANBgkqhkiG9w0B',
        'c2VjcmV0S2V5TWF0ZXJpYWw==',
        '-----END PRIVATE KEY-----',
      ]
      const problems = problemsOf({ secrets: `KEY=${key.join('\n')}` })
      expect(problems.length).toBeGreaterThan(0)
      for (const line of key.slice(1, 3))
        expect(problems.join('\n')).not.toContain(line.replace(/=+$/, ''))
    })
  })
})
