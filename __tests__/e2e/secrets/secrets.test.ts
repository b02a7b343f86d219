import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import { errorOf, PER_PUSH_MS, Stage, vmsOf } from '../deploy/push.ts'
import { commandLinesWith, makePath } from '../deploy/tools.ts'

const DEPLOYER = 'serviceAccount:deployer@mervis-demo.iam.gserviceaccount.com'
const SECRETS = 'DB_PASSWORD=db-password\nKEY=key'

/** Drawn for this run: none stands in the repository. */
const drawn = (): string => randomBytes(24).toString('base64url')

/** Every file below a folder; what vanishes meanwhile is left out. */
function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    try {
      return [readFileSync(join(entry.parentPath, entry.name), 'latin1')]
    } catch {
      // Removed between the listing and the read: nothing is left to leak.
      return []
    }
  })
}

/** A value as it may stand in a text. */
function formsOf(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '')
  const lines = value.split('\n').filter((line) => line.length > 8)
  return [value, ...lines, base64, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]
}

describe('dist/ on "secrets"', () => {
  const [old, fresh, newest, denied] = [drawn(), drawn(), drawn(), drawn()]
  const key = [drawn(), '', drawn(), 'x'].join('\n')
  const valuesOf = (password: string): string => `DB_PASSWORD=${password}\nKEY<<END\n${key}\nEND\n`
  const said: string[] = []
  const releases: string[] = []
  let stage: Stage
  let nothing: { readonly path: string; readonly record: string }

  async function run(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
    // What the command does it does by itself.
    const environment = { PATH: nothing.path, DOCKER_HOST: 'unix:///nowhere/docker.sock' }
    const given = { secrets: SECRETS, command: 'secrets', ...inputs }
    const ended = await stage.push({ inputs: given, environment })
    note(ended)
    return ended
  }

  function note({ outputs, summary, annotations }: ActionRun): void {
    said.push(...outputs.values(), summary, JSON.stringify(annotations))
  }

  const statesOf = (id: string): readonly string[] =>
    stage.emulator.cloud.secrets.get(id).versions.map(({ state }) => state)

  const versionsIn = async (release: string): Promise<string | undefined> =>
    (await stage.metadataOf(release)).get('app-secrets')

  beforeAll(async () => {
    stage = await Stage.open()
    stage.emulator.cloud.services.set('secretmanager.googleapis.com', true)
    const record = join(stage.directory, 'started.txt')
    const script = `#!/bin/sh\necho "$0 $*" >> ${record}\nexit 1\n`
    const tools = ['terraform', 'docker', 'git', 'gcloud', 'bash', 'sh']
    const scripts = Object.fromEntries(tools.map((tool) => [tool, script]))
    nothing = { path: await makePath(join(stage.directory, 'recording'), [], scripts), record }
  }, PER_PUSH_MS)

  afterAll(() => stage.close(), PER_PUSH_MS)

  it(
    'writes values before anything is deployed',
    async () => {
      const first = await run({ secret_values: valuesOf(old) })
      expect(errorOf(first)).toBe('')
      expect(first.outputs.get('outcome')).toBe('written')
      expect(JSON.parse(first.outputs.get('secret_versions') ?? '')).toEqual({
        'db-password': { version: 1, changed: true },
        key: { version: 1, changed: true },
      })
      const { secrets } = stage.emulator.cloud
      expect(secrets.get('key').versions[0]?.data.toString()).toBe(key)
      expect(secrets.get('key').fields).toMatchObject({
        labels: { app: 'web', 'managed-by': 'deploy-spot-mig' },
      })
      const pushed = await stage.push({ inputs: { secrets: SECRETS } })
      expect(errorOf(pushed)).toBe('')
      releases.push(pushed.outputs.get('release') ?? '')
      expect(await versionsIn(releases[0] ?? '')).toBe('DB_PASSWORD=db-password/1\nKEY=key/1')
    },
    2 * PER_PUSH_MS
  )

  it(
    'writes nothing when it is run again',
    async () => {
      const from = stage.emulator.requests.length
      const again = await run({ secret_values: valuesOf(old), roll: 'true' })
      expect(again.outputs.get('outcome')).toBe('unchanged')
      expect(again.outputs.get('release')).toBe(releases[0])
      const writes = stage
        .requestsSince(from)
        .filter((line) =>
          /^(POST|PUT|PATCH|DELETE) .*(secretmanager|storage|instance(Templates|Groups?Managers\/web$))/.test(
            line
          )
        )
      expect(writes).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'says which VM has the old value, and rolls it when it is told to',
    async () => {
      const written = await run({ secret_values: valuesOf(fresh) })
      expect(written.outputs.get('outcome')).toBe('written')
      expect(JSON.parse(written.outputs.get('secret_versions') ?? '')).toMatchObject({
        'db-password': { version: 2, changed: true },
        key: { version: 1, changed: false },
      })
      expect(stage.log.join('\n')).toMatch(/web-\w+ still has db-password 1 \(newest: 2\)/)
      expect(written.outputs.get('release')).toBe(releases[0])

      const rolled = await run({ secret_values: valuesOf(fresh), roll: 'true' })
      expect(errorOf(rolled)).toBe('')
      expect(rolled.outputs.get('outcome')).toBe('deployed')
      expect(rolled.outputs.get('previous_release')).toBe(releases[0])
      releases.push(rolled.outputs.get('release') ?? '')
      expect(await versionsIn(releases[1] ?? '')).toBe('DB_PASSWORD=db-password/2\nKEY=key/1')
      expect(vmsOf(rolled)).toMatchObject([{ release: releases[1], health: 'HEALTHY' }])
    },
    2 * PER_PUSH_MS
  )

  it(
    'goes back to the old value with a rollback, whose version is enabled still',
    async () => {
      const inputs = { command: 'rollback', keep_secret_versions: '1' }
      const back = await run(inputs)
      expect(errorOf(back)).toBe('')
      expect(back.outputs.get('release')).toBe(releases[0])
      expect(vmsOf(back)).toMatchObject([{ release: releases[0], health: 'HEALTHY' }])

      const once = await run({ secret_values: valuesOf(newest), keep_secret_versions: '1' })
      expect(once.outputs.get('outcome')).toBe('written')
      // Both releases stand, and each names one of them.
      expect(statesOf('db-password')).toEqual(['ENABLED', 'ENABLED', 'ENABLED'])
    },
    2 * PER_PUSH_MS
  )

  it(
    'says which role is missing, and writes nothing then',
    async () => {
      const { access } = stage.emulator.cloud
      access.deny({ permission: 'secretmanager.versions.access', member: DEPLOYER })
      const refused = await run({ secret_values: valuesOf(denied) })
      access.undeny('secretmanager.versions.access')
      expect(refused.exitCode).toBe(1)
      expect(refused.outputs.get('failure_code')).toBe('SECRET_VALUES')
      expect(errorOf(refused)).toContain(
        `gcloud secrets add-iam-policy-binding db-password --project=mervis-demo --member=${DEPLOYER} --role=roles/secretmanager.secretAccessor`
      )
      expect(statesOf('db-password')).toHaveLength(3)
    },
    PER_PUSH_MS
  )

  it(
    'says that a GitHub secret is not set',
    async () => {
      const refused = await run({ secret_values: 'DB_PASSWORD=' })
      expect(refused.exitCode).toBe(1)
      expect(errorOf(refused)).toContain('gives DB_PASSWORD nothing in line 1')
    },
    PER_PUSH_MS
  )

  it(
    'writes values as part of a deploy, whose release names them',
    async () => {
      const pushing = (): Promise<ActionRun> =>
        stage.push({ inputs: { secrets: SECRETS, secret_values: valuesOf(fresh) } })
      const pushed = await pushing()
      note(pushed)
      expect(errorOf(pushed)).toBe('')
      expect(pushed.outputs.get('outcome')).toBe('deployed')
      const release = pushed.outputs.get('release') ?? ''
      expect(await versionsIn(release)).toBe('DB_PASSWORD=db-password/4\nKEY=key/1')
      const again = await pushing()
      expect(again.outputs.get('outcome')).toBe('unchanged')
      expect(statesOf('db-password')).toHaveLength(4)
    },
    2 * PER_PUSH_MS
  )

  it(
    'gives a secret its value that the same deploy makes with terraform',
    async () => {
      const value = drawn()
      const pushed = await stage.push({
        inputs: {
          secrets: `${SECRETS}\nMADE=made`,
          secret_values: `${valuesOf(fresh)}MADE=${value}`,
          terraform_variables: 'create_secrets=["made"]',
          review: 'off',
        },
      })
      note(pushed)
      expect(errorOf(pushed)).toBe('')
      expect(await versionsIn(pushed.outputs.get('release') ?? '')).toContain('MADE=made/1')
      const [version] = stage.emulator.cloud.secrets.get('made').versions
      expect(version?.data.toString() === value).toBe(true)
    },
    PER_PUSH_MS
  )

  it(
    'starts no other program, and shows no value to any',
    async () => {
      expect(existsSync(nothing.record)).toBe(false)
      const value = drawn()
      const { seen, looks } = await commandLinesWith(value, () =>
        run({ secret_values: valuesOf(value) })
      )
      expect(looks).toBeGreaterThan(3)
      expect([...seen]).toEqual([])
      expect(filesBelow(stage.tempDirectory).join('\n')).not.toContain(value)
    },
    PER_PUSH_MS
  )

  it('never shows a value, old or new, in any form', async () => {
    const { requests, cloud } = stage.emulator
    const everything = [
      ...said,
      ...stage.log,
      ...requests.map(({ path, query, body }) => `${path}${query} ${body}`),
      ...cloud.store.list('mervis-demo-tfstate').map(({ data }) => data.toString()),
      ...filesBelow(stage.tempDirectory),
      JSON.stringify(
        await stage.read(
          '/compute/v1/projects/mervis-demo/regions/asia-northeast3/instanceTemplates'
        )
      ),
    ].join('\n')
    expect(everything).toContain('db-password')
    const shown = [old, fresh, newest, denied, key]
      .flatMap(formsOf)
      .filter((form) => everything.includes(form))
    expect(shown).toHaveLength(0)
  })
})
