import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runAction } from '../../../emulator/runner/action.ts'

const MANIFEST = `
name: sample
inputs:
  greeting:
    default: hello
  name:
    required: true
runs:
  using: node24
  main: main.mjs
  post: post.mjs
`

describe('runAction', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'action-'))
    await mkdir(join(folder, 'workspace'))
    await writeFile(join(folder, 'action.yml'), MANIFEST)
    await writeFile(
      join(folder, 'post.mjs'),
      `console.log('post saw ' + process.env.STATE_place)\n`
    )
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function run(
    main: string,
    more: { readonly signal?: AbortSignal; readonly onText?: (text: string) => void } = {}
  ) {
    await writeFile(join(folder, 'main.mjs'), main)
    const log: string[] = []
    const { onText, ...rest } = more
    const result = await runAction({
      actionDirectory: folder,
      workspace: join(folder, 'workspace'),
      tempDirectory: join(folder, 'temp'),
      inputs: { name: 'Mervis' },
      environment: { GITHUB_SHA: 'abc' },
      onLine: (line) => {
        const text = 'text' in line ? line.text : line.kind
        log.push(text)
        onText?.(text)
      },
      ...rest,
    })
    return { ...result, log }
  }

  it('gives inputs with defaults, reads outputs, and hands the state to the post step', async () => {
    const { exitCode, outputs, log } = await run(`
      import { appendFileSync } from 'node:fs'
      const { env } = process
      appendFileSync(env.GITHUB_OUTPUT, 'said=' + env.INPUT_GREETING + ' ' + env.INPUT_NAME + '\\n')
      appendFileSync(env.GITHUB_STATE, 'place=here\\n')
      console.log(env.GITHUB_SHA + ' ' + process.cwd().endsWith('workspace'))
    `)
    expect(exitCode).toBe(0)
    expect([...outputs]).toEqual([['said', 'hello Mervis']])
    expect(log).toEqual(['abc true', 'post saw here'])
  })

  it('runs the post step after a failure, too, and keeps the exit code of main', async () => {
    const { exitCode, annotations, log } = await run(`
      console.log('::error title=Oh::it broke')
      process.exit(3)
    `)
    expect(exitCode).toBe(3)
    expect(annotations).toEqual([
      { kind: 'annotation', level: 'error', title: 'Oh', text: 'it broke' },
    ])
    expect(log).toContain('post saw undefined')
  })

  it('lets a post step that runs already end, as its condition is always()', async () => {
    const cancel = new AbortController()
    await writeFile(
      join(folder, 'post.mjs'),
      `console.log('post begins'); setTimeout(() => console.log('post ends'), 300)\n`
    )
    const { log } = await run('', {
      signal: cancel.signal,
      onText: (text) => text === 'post begins' && cancel.abort(),
    })
    expect(log).toEqual(['post begins', 'post ends'])
  })

  it('cancels with SIGINT to the entry process, and still runs the post step', async () => {
    const cancel = new AbortController()
    const running = run(
      `
      process.on('SIGINT', () => { console.log('interrupted'); process.exit(1) })
      setInterval(() => undefined, 1000)
      console.log('ready')
    `,
      { signal: cancel.signal, onText: (text) => text === 'ready' && cancel.abort() }
    )
    const { exitCode, log } = await running
    expect(exitCode).toBe(1)
    expect(log).toEqual(['ready', 'interrupted', 'post saw undefined'])
  })
})
