import { describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../../src/adapters/clock.ts'
import type { Finding } from '../../../../src/commands/doctor/check.ts'
import { examine } from '../../../../src/commands/doctor/examine.ts'
import { runnerChecks } from '../../../../src/commands/doctor/runner/checks.ts'
import type { Disk } from '../../../../src/commands/doctor/runner/files.ts'
import { aConfig } from '../../../fakes/deploy-inputs.ts'
import { FakeToolCache } from '../../../fakes/fake-tool-cache.ts'
import { MemoryFiles } from '../../../fakes/memory-files.ts'
import { type Answer, ScriptedCommands } from '../../../fakes/scripted-commands.ts'
import { answer, type HttpAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts'

const TERRAFORM = (version: string): Answer => ({
  stdout: JSON.stringify({ terraform_version: version }),
})
const WELL: Readonly<Record<string, Answer>> = {
  'docker version': { stdout: '28.0.1\n' },
  'docker buildx version': { stdout: 'github.com/docker/buildx v0.20.0 x\n' },
  'terraform version': TERRAFORM('1.11.4'),
}

interface Scene {
  readonly inputs?: Readonly<Record<string, string>>
  readonly commands?: Readonly<Record<string, Answer>>
  readonly there?: Readonly<Record<string, 'file' | 'folder'>>
  readonly freeGb?: number
  readonly download?: HttpAnswer
  readonly kept?: readonly string[]
  readonly isTempClosed?: boolean
}

async function look(scene: Scene, id: string): Promise<Finding | undefined> {
  const there: Scene['there'] = {
    '.': 'folder',
    Dockerfile: 'file',
    infra: 'folder',
    ...scene.there,
  }
  const disk: Disk = {
    kindOf: async (path) => there[path],
    freeBytes: async (path) => (path === '/work' ? 100e9 : (scene.freeGb ?? 50) * 1e9),
  }
  const files = new MemoryFiles()
  if (scene.isTempClosed)
    files.writePrivate = () => Promise.reject(new Error('EACCES: permission denied'))
  const checks = runnerChecks(
    {
      commands: new ScriptedCommands({ ...WELL, ...scene.commands }),
      tools: new FakeToolCache({ kept: scene.kept ?? [] }),
      http: new ScriptedHttp(() => scene.download ?? answer(200)),
      disk,
      files,
    },
    aConfig(scene.inputs),
    {
      releasesUrl: 'https://releases.test/',
      workspace: '/work',
      tempDirectory: '/temp',
      probeName: 'p',
    }
  )
  const { signal } = new AbortController()
  const examined = await examine(checks, { clock: systemClock, limitMs: 1_000, signal })
  expect([...files.contents.keys()]).toEqual([])
  return examined.find(({ check }) => check.id === id)?.finding
}

const NO_TERRAFORM = new Error('ENOENT')
const OWN_IMAGE = { image: 'europe-west1-docker.pkg.dev/p/r/i:1' }

describe('runnerChecks', () => {
  it.each<[id: string, scene: Scene, kind: Finding['kind'], words: string | RegExp]>([
    ['docker', {}, 'ok', 'The engine is Docker 28.0.1.'],
    [
      'docker',
      {
        commands: {
          'docker version': { exitCode: 1, stderr: 'Cannot connect to the Docker daemon.' },
        },
      },
      'fix',
      'No Docker engine answers: Cannot connect to the Docker daemon. Use',
    ],
    ['docker', { commands: { 'docker version': new Error('ENOENT') } }, 'fix', 'ENOENT'],
    [
      'docker',
      { commands: { 'docker version': { exitCode: 1 } }, inputs: OWN_IMAGE },
      'ok',
      'none is needed',
    ],
    ['docker-buildx', {}, 'ok', 'v0.20.0'],
    [
      'docker-buildx',
      { commands: { 'docker buildx version': { exitCode: 1 } } },
      'fix',
      'no buildx',
    ],
    [
      'docker-buildx',
      { commands: { 'docker version': { exitCode: 1 } } },
      'unknown',
      'Docker engine',
    ],
    ['terraform', {}, 'ok', 'terraform 1.11.4 is on PATH.'],
    [
      'terraform',
      { commands: { 'terraform version': NO_TERRAFORM } },
      'ok',
      'No terraform is on PATH; terraform 1.11.4 can be downloaded.',
    ],
    [
      'terraform',
      { commands: { 'terraform version': TERRAFORM('0.12.0') }, kept: ['terraform 1.11.4'] },
      'ok',
      'does not fit (>= 1.9.0, < 2.0.0); an earlier job kept',
    ],
    [
      'terraform',
      { inputs: { terraform_version: '1.99.0' }, download: answer(404) },
      'fix',
      'https://releases.test/terraform/1.99.0/terraform_1.99.0_SHA256SUMS answers 404',
    ],
    [
      'terraform',
      { commands: { 'terraform version': NO_TERRAFORM }, download: new Error('ECONNREFUSED') },
      'fix',
      'cannot be reached (ECONNREFUSED)',
    ],
    ['context', { there: { app: 'folder' }, inputs: { context: 'app' } }, 'ok', 'app is a folder.'],
    ['context', { inputs: { context: 'app' } }, 'fix', 'There is no folder app.'],
    ['context', { there: { 'a/f': 'file' }, inputs: { context: 'a/f' } }, 'fix', 'names a file'],
    ['dockerfile', {}, 'ok', 'Dockerfile is there.'],
    [
      'dockerfile',
      { inputs: { dockerfile: 'build/Dockerfile' } },
      'fix',
      'build/Dockerfile is not there',
    ],
    ['dockerfile', { there: { Dockerfile: 'folder' } }, 'fix', 'is a folder'],
    ['terraform-directory', {}, 'ok', 'bundled'],
    [
      'terraform-directory',
      { inputs: { terraform_directory: 'infra' } },
      'ok',
      'infra is a folder',
    ],
    [
      'terraform-directory',
      { inputs: { terraform_directory: 'x' } },
      'fix',
      'names x, which is no folder',
    ],
    ['runner-temp', {}, 'ok', '/temp can be written to.'],
    ['runner-temp', { isTempClosed: true }, 'fix', 'EACCES'],
    ['disk-space', {}, 'ok', '50.0 GB are free at /temp.'],
    ['disk-space', { freeGb: 3 }, 'fix', 'little for a build'],
    ['disk-space', { freeGb: 0.2 }, 'fix', 'too little for a build'],
    ['disk-space', { isTempClosed: true }, 'unknown', 'Folder for temporary files'],
  ])('%s of %j is %s', async (id, scene, kind, words) => {
    const finding = await look(scene, id)
    expect(finding?.kind).toBe(kind)
    expect(finding?.said).toMatch(words)
  })

  it.each(['docker-buildx', 'context', 'dockerfile'])(
    'leaves out %s where nothing is built',
    async (id) => {
      expect(await look({ inputs: OWN_IMAGE }, id)).toBeUndefined()
    }
  )
})
