import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { errorOf, PER_PUSH_MS, Stage } from './push.ts'
import { type Releases, serveReleases } from './releases.ts'
import { makePath, pathOf } from './tools.ts'

const BUNDLED = resolve(import.meta.dirname, '../../../terraform')

describe("dist/ with a Terraform configuration of one's own", () => {
  let stage: Stage
  let own: string

  beforeEach(async () => {
    stage = await Stage.open()
    own = join(stage.workspace, 'infra')
    await cp(BUNDLED, own, { recursive: true })
  })

  afterEach(() => stage.close(), PER_PUSH_MS)

  it(
    'deploys with it, and its own variables and outputs count',
    async () => {
      const inputs = {
        terraform_directory: 'infra',
        terraform_variables: 'labels={"team":"mervis"}\nboot_disk_size=20',
      }
      await writeFile(
        join(own, 'own.tf'),
        'variable "boot_disk_size" {\n  type = number\n}\noutput "disk" {\n  value = var.boot_disk_size\n}\n'
      )
      const run = await stage.push({ inputs })
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      const again = await stage.push({ inputs })
      expect(errorOf(again)).toBe('')
      expect(again.outputs.get('outcome')).toBe('unchanged')
    },
    PER_PUSH_MS
  )

  it(
    'names every output that it misses',
    async () => {
      const outputs = await readFile(join(own, 'outputs.tf'), 'utf8')
      const renamed = outputs
        .replace('output "group_name"', 'output "mig"')
        .replace('output "base_template_name"', 'output "template"')
      await writeFile(join(own, 'outputs.tf'), renamed)
      const run = await stage.push({ inputs: { terraform_directory: 'infra' } })
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(errorOf(run)).toContain('does not say group_name, base_template_name.')
      expect(run.outputs.get('failure_code')).toBe('TERRAFORM_OUTPUTS')
    },
    PER_PUSH_MS
  )

  it.each([
    ['names a folder that is not there', 'nowhere', 'nowhere'],
    ['says that a folder holds no configuration', 'notes', 'No configuration files'],
  ])(
    '%s',
    async (_, folder, words) => {
      await mkdir(join(stage.workspace, 'notes'))
      const run = await stage.push({ inputs: { terraform_directory: folder } })
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(errorOf(run)).toContain(words)
      expect(errorOf(run)).not.toContain('bug of deploy-spot-mig')
    },
    PER_PUSH_MS
  )
})

describe('dist/ on a runner without a fitting terraform', () => {
  let stage: Stage
  let releases: Releases

  beforeAll(async () => {
    stage = await Stage.open()
    const script = `#!/bin/sh\nexec '${pathOf('terraform')}' "$@"\n`
    releases = await serveReleases(script, ['1.98.0'])
  })

  afterAll(async () => {
    await releases.close()
    await stage.close()
  }, PER_PUSH_MS)

  it(
    'downloads it, checks it, and keeps it for the next job',
    async () => {
      const path = await makePath(join(stage.directory, 'bin'), ['docker', 'unzip', 'sh'])
      const environment = { PATH: path, HASHICORP_RELEASES_URL: releases.url }
      const run = await stage.push({ environment, inputs: { size: '0' } })
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('outcome')).toBe('deployed')
      expect(stage.log.join('\n')).toContain('No terraform on PATH: taking ')
      expect(releases.asked).toHaveLength(2)

      const again = await stage.push({ environment, inputs: { size: '0' } })
      expect(errorOf(again)).toBe('')
      expect(again.outputs.get('outcome')).toBe('unchanged')
      expect(releases.asked).toHaveLength(2)
    },
    PER_PUSH_MS
  )

  it(
    'refuses a download that is not the one in the list of checksums, and runs nothing of it',
    async () => {
      const run = await stage.push({
        environment: { HASHICORP_RELEASES_URL: releases.url },
        inputs: { terraform_version: '1.98.0' },
      })
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(errorOf(run)).toContain("is not the one in HashiCorp's list")
      expect(run.outputs.get('failure_code')).toBe('TERRAFORM_MISSING')
    },
    PER_PUSH_MS
  )
})
