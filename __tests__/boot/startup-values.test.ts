import { describe, expect, it } from '@jest/globals'
import { containerEnvironment } from './machine.ts'
import { withBoot } from './vm.ts'

const HOSTILE: ReadonlyArray<readonly [string, string]> = [
  ['EMPTY', ''],
  ['QUOTES', `it's "quoted" and \\'escaped\\'`],
  ['SUBSTITUTION', '$(touch /tmp/boot-was-here) `id` ${HOME} $PATH'],
  ['EQUALS', 'a=b=c=='],
  ['SPACES', '  leading and trailing  '],
  ['TAB', '\ta\t'],
  ['UNICODE', 'Grüße 🚀 日本語'],
  ['HASH', '# not a comment'],
  ['BACKSLASHES', '\\n \\t \\\\ \\'],
  ['GLOB', '* ? [a-z] {a,b} ~ !!'],
  ['JSON', '{"a": ["b", 1], "c": "d\\n"}'],
  ['PERCENT', '%s %d %% %n'],
  ['DASHES', '--privileged'],
  ['SEMICOLON', '; rm -rf / & | > /dev/null'],
  ['_UNDERSCORE', 'fine'],
  ['lower', 'fine'],
  // Names that the script, bash or the docker client use themselves.
  ['PATH', '/app/bin:/usr/bin'],
  ['HOME', '/app'],
  ['DOCKER_HOST', 'tcp://elsewhere'],
  ['LD_PRELOAD', 'libjemalloc.so'],
  ['UID', '0'],
  ['IFS', ','],
  ['image', 'mine'],
]

async function environmentOf(options: Parameters<typeof withBoot>[0]) {
  let found: Readonly<Record<string, string>> = {}
  await withBoot(options, async ({ machine, exitCode, output }) => {
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
    const run = (await machine.calls('docker')).find((call) => call.argv[0] === 'run')
    if (run !== undefined) found = containerEnvironment(run)
  })
  return found
}

describe('startup.sh', () => {
  it.concurrent('hands hostile settings to the container unharmed', async () => {
    const attributes = { 'app-env': HOSTILE.map(([name, value]) => `${name}=${value}`).join('\n') }
    expect(await environmentOf({ attributes })).toMatchObject(Object.fromEntries(HOSTILE))
  })

  it.concurrent('hands hostile secrets to the container unharmed', async () => {
    const lines = HOSTILE.map(([name], index) => `${name}=s${index}/1`)
    const secrets = HOSTILE.map(([, value], index) => [
      `projects/mervis-demo/secrets/s${index}/versions/1`,
      Buffer.from(value),
    ])
    const found = await environmentOf({
      attributes: { 'app-secrets': lines.join('\n') },
      secrets: Object.fromEntries(secrets),
    })
    expect(found).toMatchObject(Object.fromEntries(HOSTILE))
  }, 20_000)

  it.concurrent.each([
    ['a key of several lines', '-----BEGIN KEY-----\nabc\n-----END KEY-----\n'],
    ['a line break at the end', 'hunter2\n'],
    ['only line breaks', '\n\n'],
    ['carriage returns', 'a\r\nb\r'],
    ['65,000 bytes in one line', 'x'.repeat(65_000)],
    ['hostile lines', '$(id)\n`id`\n"\'\\\n--env\n'],
  ])(
    'carries a secret of %s byte for byte, and in no argument list',
    async (_, value) => {
      const options = {
        attributes: { 'app-secrets': 'PRIVATE_KEY=key/1\nimage=key/1' },
        secrets: { 'projects/mervis-demo/secrets/key/versions/1': Buffer.from(value) },
      }
      await withBoot(options, async ({ machine, phases }) => {
        expect(phases.at(-1)).toBe('ready')
        const run = (await machine.calls('docker')).find((call) => call.argv[0] === 'run')
        if (run === undefined) throw new Error('docker run was not called')
        expect(containerEnvironment(run)).toMatchObject({ PRIVATE_KEY: value, image: value })
        expect(run.argv.filter((argument) => argument.includes(value))).toEqual([])
      })
    },
    20_000
  )

  it.concurrent('lets a setting of the user win over its own', async () => {
    const attributes = { 'app-env': 'APP_RELEASE=mine' }
    expect(await environmentOf({ attributes })).toMatchObject({ APP_RELEASE: 'mine' })
  })
})
