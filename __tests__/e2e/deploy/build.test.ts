import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { errorOf, PER_PUSH_MS, type PushOptions, Stage } from './push.ts'
import { commandLinesWith, makePath, pathOf } from './tools.ts'

const VALUE = 'a-value-that-no-process-shows'

/** A docker that writes down how it is called, and knows no buildx when it shall not. */
function recordingDocker(record: string, hasBuildx: boolean): string {
  const refusal = `if [ "$1" = buildx ]; then echo "docker: 'buildx' is not a docker command." >&2; exit 1; fi\n`
  return `#!/bin/sh\necho "$*" >> '${record}'\n${hasBuildx ? '' : refusal}exec '${pathOf('docker')}' "$@"\n`
}

describe('dist/ and the build', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
    await stage.write(
      'Dockerfile',
      'FROM scratch\nARG FLAVOUR\nCOPY content /\nLABEL flavour=$FLAVOUR\n'
    )
  })

  afterAll(() => stage.close(), PER_PUSH_MS)

  it.each([
    ['with buildx', true],
    ['with plain docker', false],
  ])(
    'hands build arguments over %s, and shows their values to no other process',
    async (_, hasBuildx) => {
      const folder = join(stage.directory, `docker-${hasBuildx}`)
      const record = join(stage.directory, `calls-${hasBuildx}`)
      const bin = await makePath(folder, [], { docker: recordingDocker(record, hasBuildx) })
      const push: PushOptions = {
        environment: { PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) },
        inputs: { size: '0', build_args: `FLAVOUR=${VALUE}-${hasBuildx}` },
      }
      let error = 'not run'
      let image = ''
      const { seen, looks } = await commandLinesWith(VALUE, async () => {
        const run = await stage.push(push)
        error = errorOf(run)
        image = run.outputs.get('image') ?? ''
      })
      expect(error).toBe('')
      expect(image).toMatch(/@sha256:/)
      expect([...seen]).toEqual([])
      expect(looks).toBeGreaterThan(10)
      const calls = await readFile(record, 'utf8')
      expect(calls).toContain('--build-arg=FLAVOUR ')
      expect(calls).not.toContain(VALUE)
      expect(calls).toMatch(hasBuildx ? /^buildx build /m : /^build /m)
      expect(stage.log.join('\n')).toContain('Built sha256:')
    },
    PER_PUSH_MS
  )
})
