import { describe, expect, it } from '@jest/globals'
import { TOKEN } from './google-stub.ts'
import { type Boot, type BootOptions, CRASHING, withBoot } from './vm.ts'

/** A VM whose secrets are S0, S1, ... and whose container writes the given text, then crashes. */
function crashWith(secrets: readonly string[], log: string | Buffer): BootOptions {
  const name = (index: number) => `projects/mervis-demo/secrets/s${index}/versions/1`
  return {
    attributes: { 'app-secrets': secrets.map((_, index) => `S${index}=s${index}/1`).join('\n') },
    secrets: Object.fromEntries(secrets.map((value, index) => [name(index), Buffer.from(value)])),
    docker: { ...CRASHING, ...playing(log) },
  }
}

// printf writes the argument as it is; base64 spares the quoting.
function playing(log: string | Buffer): Readonly<Record<string, string>> {
  return { logs: `base64 --decode <<'END'\n${Buffer.from(log).toString('base64')}\nEND` }
}

async function logOf(options: BootOptions): Promise<string> {
  let log = ''
  await withBoot(options, ({ google, output }) => {
    expect({ last: google.reports.at(-1), output }).toMatchObject({ last: { phase: 'failed' } })
    log = google.reports.at(-1)?.log ?? ''
    expect(output).toContain(log)
  })
  return log
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

const everythingIn = ({ output, google }: Boot) => `${output}\n${google.writes.join('\n')}`

describe('startup.sh, of the log of a crashed container', () => {
  it.concurrent('hides secrets and token, also in base64', async () => {
    const log = `hunter22 ${base64('hunter22')} ${TOKEN} ${base64(`oauth2accesstoken:${TOKEN}`)}`
    await withBoot(crashWith(['hunter22'], log), (boot) => {
      expect(boot.google.reports.at(-1)).toMatchObject({
        phase: 'failed',
        detail: 'container exited with code 3',
        log: expect.stringMatching(/^\*{3} \*{3}=* \*{3} \*{3}=*$/),
      })
      expect(boot.output).toContain('\n*** ***')
      for (const secret of ['hunter22', base64('hunter22').replace(/=+$/, ''), TOKEN]) {
        expect(everythingIn(boot)).not.toContain(secret)
      }
    })
  })

  it.concurrent('hides a value across the place where the log is cut', async () => {
    const value = 'correct-horse-battery-staple'
    for (const behind of [1980, 1999]) {
      const log = await logOf(crashWith([value], `${'a'.repeat(500)}${value}${'b'.repeat(behind)}`))
      expect(log).toMatch(/^a*\**b+$/)
      expect(Buffer.byteLength(log)).toBe(2000)
    }
  }, 20_000)

  it.concurrent('shows no rest of a value that begins before the part that is looked at', async () => {
    const value = Array.from({ length: 2500 }, (_, at) => String(at).padStart(4, '0')).join('')
    // So often that its masks alone do not fill the report.
    const log = await logOf(crashWith([value], `${value.repeat(9)}\nthe end`))
    expect(log).toMatch(/^\**(\n?the end)?$/)
  }, 20_000)
})

describe('startup.sh, of what docker says', () => {
  const secrets = ['hunter2-hunter2']
  it.concurrent.each([
    [
      'pull',
      `echo "error from registry: denied for $hunter with ${TOKEN}" >&2; exit 1`,
      'image pull failed: error from registry: denied for *** with ***',
    ],
    [
      'run',
      'echo "docker: invalid $hunter here" >&2; exit 125',
      'container did not start: invalid *** here',
    ],
    [
      'inspect',
      'echo "No such object: $hunter" >&2; exit 1',
      'container is gone: No such object: ***',
    ],
  ])('hides secrets and token of a failed docker %s', async (verb, snippet, sentence) => {
    const docker = { [verb]: `hunter=hunter2-hunter2\n${snippet}` }
    await withBoot({ ...crashWith(secrets, ''), docker }, (boot) => {
      expect(boot.google.reports.at(-1)).toMatchObject({ phase: 'failed', detail: sentence })
      expect(everythingIn(boot)).not.toContain('hunter2')
      expect(everythingIn(boot)).not.toContain(TOKEN)
    })
  })

  it.concurrent('hides them as well while it still tries again', async () => {
    const docker = { 'pull.1': `echo "timeout of ${TOKEN} and hunter2-hunter2" >&2; exit 1` }
    await withBoot({ ...crashWith(secrets, ''), docker }, (boot) => {
      expect(boot.output).toContain('pull failed, trying again: timeout of *** and ***')
      expect(everythingIn(boot)).not.toContain('hunter2')
    })
  })

  it.concurrent('hides a value across the end of a sentence that is too long', async () => {
    const docker = {
      pull: `echo "denied: ${'x'.repeat(460)}hunter2-hunter2${'y'.repeat(400)}" >&2; exit 1`,
    }
    await withBoot({ ...crashWith(secrets, ''), docker }, (boot) => {
      expect(boot.google.reports.at(-1)?.detail).toMatch(/x\*{3}y*$/)
      expect(everythingIn(boot)).not.toContain('hunter')
    })
  })
})
