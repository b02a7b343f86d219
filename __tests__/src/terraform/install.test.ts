import { describe, expect, it } from '@jest/globals'
import { checksumOf, resolveTerraform } from '../../../src/terraform/install.ts'
import { FakeToolCache, type ToolCacheContents } from '../../fakes/fake-tool-cache.ts'
import { MemoryFiles } from '../../fakes/memory-files.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { type Answer, ScriptedCommands } from '../../fakes/scripted-commands.ts'

const RELEASES = 'https://releases.example.com/'
const ZIP = 'terraform_1.11.4_linux_amd64.zip'
const ZIP_URL = `${RELEASES}terraform/1.11.4/${ZIP}`
const SUMS_URL = `${RELEASES}terraform/1.11.4/terraform_1.11.4_SHA256SUMS`
const HASH = 'a'.repeat(64)

const onPath = (version: string): Answer => ({
  stdout: JSON.stringify({ terraform_version: version, platform: 'linux_amd64' }),
})
const NOT_ON_PATH = new Error('Unable to locate executable file: terraform')

async function resolve(
  path: Answer,
  { wanted, sums = '', ...contents }: ToolCacheContents & { wanted?: string; sums?: string } = {}
) {
  const commands = new ScriptedCommands({ 'terraform version -json': path })
  const files = new MemoryFiles()
  files.contents.set('/downloads/terraform_1.11.4_SHA256SUMS', sums)
  const tools = new FakeToolCache(contents)
  const log = new RecordingLog()
  const outcome = await resolveTerraform(
    { commands, files, tools, log },
    { wanted, releasesUrl: RELEASES, platform: 'linux_amd64' }
  ).then(
    (path) => ({ path, error: undefined }),
    (error: unknown) => ({ path: undefined, error })
  )
  return { ...outcome, tools, files, log }
}

const SUMS = `${'b'.repeat(64)}  terraform_1.11.4_darwin_amd64.zip\n${HASH}  ${ZIP}\n`
const DOWNLOADS = { [ZIP_URL]: HASH, [SUMS_URL]: 'c'.repeat(64) }

describe('resolveTerraform', () => {
  it('takes the one on PATH when it fits', async () => {
    const { path, tools } = await resolve(onPath('1.9.8'))
    expect(path).toBe('terraform')
    expect(tools.downloaded).toEqual([])
  })

  it('takes the one on PATH although it warns on standard error', async () => {
    const answer = {
      stdout: '{"terraform_version":"1.11.4"}',
      stderr: 'There are some problems with the CLI configuration',
    }
    expect((await resolve(answer)).path).toBe('terraform')
  })

  it('takes one that an earlier job kept', async () => {
    const { path, tools } = await resolve(NOT_ON_PATH, { kept: ['terraform 1.11.4'] })
    expect(path).toBe('/tools/terraform/1.11.4/terraform')
    expect(tools.downloaded).toEqual([])
  })

  it.each<[string, Answer, string | undefined, string]>([
    ['there is none on PATH', NOT_ON_PATH, undefined, 'No terraform on PATH: taking 1.11.4.'],
    [
      'the one on PATH cannot tell its version',
      { exitCode: 1 },
      undefined,
      'No terraform on PATH: taking 1.11.4.',
    ],
    [
      'the one on PATH talks nonsense',
      { stdout: 'v1' },
      undefined,
      'No terraform on PATH: taking 1.11.4.',
    ],
    [
      'the one on PATH is too old',
      onPath('1.5.7'),
      undefined,
      'terraform 1.5.7 on PATH does not fit (>= 1.9.0, < 2.0.0): taking 1.11.4.',
    ],
    [
      'another version is wanted',
      onPath('1.9.8'),
      '1.11.4',
      'terraform 1.9.8 on PATH does not fit (1.11.4): taking 1.11.4.',
    ],
  ])('downloads and keeps one when %s, and says so', async (_, answer, wanted, said) => {
    const { path, tools, log } = await resolve(answer, {
      downloads: DOWNLOADS,
      sums: SUMS,
      ...(wanted && { wanted }),
    })
    expect(path).toBe('/tools/terraform/1.11.4/terraform')
    expect([...tools.downloaded].sort()).toEqual([SUMS_URL, ZIP_URL].sort())
    expect(tools.keptZips).toEqual([`/downloads/${ZIP}`])
    expect(log.of('info')).toEqual([said])
  })

  it.each([
    ['another hash', `${'d'.repeat(64)}  ${ZIP}\n`],
    ['the hash of another file', `${HASH}  terraform_1.11.4_linux_arm64.zip\n`],
    ['nothing', ''],
    ['a page of a proxy', '<html></html>'],
  ])('keeps nothing when the list holds %s', async (_, sums) => {
    const { error, tools, files } = await resolve(NOT_ON_PATH, { downloads: DOWNLOADS, sums })
    expect(error).toMatchObject({
      code: 'TERRAFORM_MISSING',
      message: `The download ${ZIP_URL} has the SHA-256 ${HASH}, which is not the one in HashiCorp's list.`,
      hint: expect.stringContaining('tampering'),
    })
    expect(tools.keptZips).toEqual([])
    expect(files.removed).toContain(`/downloads/${ZIP}`)
  })

  it('says what could not be downloaded and what to do instead', async () => {
    const { error } = await resolve(NOT_ON_PATH)
    expect(error).toMatchObject({
      code: 'TERRAFORM_MISSING',
      message: expect.stringMatching(
        /^Could not install terraform 1\.11\.4 from https:\/\/releases\.example\.com\/.*: 404 Not Found/
      ),
      hint: expect.stringContaining('hashicorp/setup-terraform'),
      cause: expect.any(Error),
    })
  })
})

describe('checksumOf', () => {
  it.each([
    ['the file', `${HASH}  a.zip\n`, HASH],
    ['the last line without a break', `x  b.zip\n${HASH}  a.zip`, HASH],
    ['Windows line ends', `${HASH}  a.zip\r\n`, HASH],
    ['no file of exactly that name', `${HASH}  aa.zip\n${HASH}  a.zip.sig\n`, undefined],
    ['nothing', '', undefined],
  ])('finds %s', (_, sums, hash) => {
    expect(checksumOf(sums, 'a.zip')).toBe(hash)
  })
})
