import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { findMissing, suitesOf } from '../../scripts/test/suites.ts'

const without = (...names: readonly string[]) => findMissing(({ name }) => !names.includes(name))
const namesOf = (suites: readonly { readonly name: string }[]) => suites.map(({ name }) => name)

describe('suitesOf', () => {
  it('leaves nothing out where everything is there', () => {
    expect(suitesOf(without()).leftOut).toEqual([])
  })

  it('runs what needs nothing on a machine that has nothing', () => {
    const { runnable, leftOut } = suitesOf(findMissing(() => false))
    expect(namesOf(runnable)).toEqual(['unit', 'emulator', 'simulation'])
    expect(namesOf(leftOut)).toEqual([
      'emulated VMs',
      'boot scripts',
      'app',
      'bootstrap',
      'browser',
      'real clients',
      'e2e',
    ])
  })

  it.each([
    ['bash', ['emulated VMs', 'boot scripts', 'bootstrap', 'e2e'], /no \/bin\/bash/],
    [
      'curl',
      ['emulated VMs', 'boot scripts', 'bootstrap', 'e2e'],
      /no \/usr\/bin\/curl \(package curl/,
    ],
    ['python3', ['app'], /no python3 on PATH, version 3\.10/],
    ['terraform', ['bootstrap', 'real clients', 'e2e'], /no terraform on PATH/],
    ['docker', ['e2e'], /no Docker engine answers/],
    ['chromium', ['browser'], /no chromium on PATH/],
    ['busybox', ['e2e'], /package busybox-static/],
    ['base image', ['e2e'], /no Python image to build on \(node scripts\/with-engine\.ts npm test/],
  ])('without %s leaves out %p, and says why', (name, suites, why) => {
    const { leftOut } = suitesOf(without(name))
    expect(namesOf(leftOut)).toEqual(suites)
    for (const { because } of leftOut) expect(because).toMatch(why)
  })

  it('names all reasons, and no image where there is no engine', () => {
    const { leftOut } = suitesOf(without('terraform', 'docker', 'base image'), 'e2e')
    expect(leftOut).toEqual([
      {
        name: 'e2e',
        because: 'there is no terraform on PATH and no Docker engine answers (.ci/run starts one)',
      },
    ])
  })

  it('asks the engine for the base image that is named', () => {
    const asked: string[] = []
    findMissing(({ args }) => asked.push(args.join(' ')) > 0, 'python:3.12-slim')
    expect(asked).toContain('image inspect python:3.12-slim')
  })

  it('leaves no test file without a suite, and has none in two', () => {
    const root = resolve(import.meta.dirname, '..')
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `__tests__/${file}`)
    const { runnable } = suitesOf([])
    const suitesWith = (file: string) =>
      runnable.filter(({ paths }) => paths.some((path) => new RegExp(path).test(file)))
    expect(files.filter((file) => suitesWith(file).length !== 1)).toEqual([])
  })

  it('narrows to one suite', () => {
    const { runnable, leftOut } = suitesOf([], 'e2e')
    expect(namesOf(runnable)).toEqual(['e2e'])
    expect(leftOut).toEqual([])
  })
})
