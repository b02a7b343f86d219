import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { dockerFolder } from '../../../../src/adapters/disk/docker-folder.ts'

let directory = ''
let own = ''
let copy = ''

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'docker-folder-')))
  own = join(directory, '.docker')
  copy = join(directory, 'job/config')
})

afterEach(() => rm(directory, { recursive: true }))

async function furnish(): Promise<void> {
  await mkdir(join(own, 'contexts/meta'), { recursive: true })
  await mkdir(join(own, 'cli-plugins'))
  await writeFile(join(own, 'contexts/meta/far.json'), 'far')
  await writeFile(join(own, 'config.json'), '{"currentContext":"far"}')
}

describe('dockerFolder', () => {
  it.each([
    ['DOCKER_CONFIG', () => ({ DOCKER_CONFIG: own, HOME: '/nowhere' })],
    ['the home', () => ({ HOME: directory })],
  ])('finds the folder by %s', async (_, env) => {
    await furnish()
    expect(await dockerFolder(env()).readConfig()).toBe('{"currentContext":"far"}')
  })

  it('shows all but the configuration under another path, which nobody else may read', async () => {
    await furnish()
    const more = await dockerFolder({ HOME: directory }).mirror(copy)
    expect(more).toEqual({ BUILDX_CONFIG: join(own, 'buildx') })
    expect((await readdir(copy)).sort()).toEqual(['cli-plugins', 'contexts'])
    expect(await readFile(join(copy, 'contexts/meta/far.json'), 'utf8')).toBe('far')
    expect((await stat(copy)).mode & 0o777).toBe(0o700)
  })

  it("leaves the user's files where they are when the copy goes", async () => {
    await furnish()
    await dockerFolder({ HOME: directory }).mirror(copy)
    await rm(copy, { recursive: true, force: true })
    expect((await readdir(own)).sort()).toEqual(['cli-plugins', 'config.json', 'contexts'])
    expect(await readFile(join(own, 'contexts/meta/far.json'), 'utf8')).toBe('far')
  })

  it('does without a folder', async () => {
    const folder = dockerFolder({ HOME: directory, BUILDX_CONFIG: '/etc/buildx' })
    expect(await folder.readConfig()).toBeUndefined()
    expect(await folder.mirror(copy)).toEqual({ BUILDX_CONFIG: '/etc/buildx' })
    expect(await readdir(copy)).toEqual([])
  })

  it('says so when the folder is none', async () => {
    await writeFile(own, 'a file')
    await expect(dockerFolder({ HOME: directory }).mirror(copy)).rejects.toThrow('ENOTDIR')
  })
})
