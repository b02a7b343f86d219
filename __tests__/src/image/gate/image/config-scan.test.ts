import { describe, expect, it } from '@jest/globals'
import { parseAllowList } from '../../../../../src/image/gate/allow-list.ts'
import { searchImage } from '../../../../../src/image/gate/image/image-stage.ts'
import { allowNothing, plantedScanner } from '../planted.ts'
import { archiveOf, diffIdOf, type Image, layoutOf, sourceOf, tarOf } from './archives.ts'

const BASE = { tar: tarOf({ base: '1' }), by: '/bin/sh -c #(nop) ADD file:1 in / ' }
const OWN = { tar: tarOf({ own: '1' }), by: 'COPY own / # buildkit' }
/** What WORKDIR makes of a folder that is there already: the same everywhere. */
const EMPTY = { tar: tarOf({}, { args: ['--mtime=@0', '-T', '/dev/null'] }), by: 'WORKDIR /x' }

/** `place: where` of each finding. */
async function places(image: Image, baseLayers = [diffIdOf(BASE)]): Promise<string[]> {
  const found = await searchImage(sourceOf(archiveOf(layoutOf([image]))), {
    scanner: plantedScanner,
    baseLayers,
    allowList: allowNothing,
    signal: new AbortController().signal,
  })
  expect(found.every(({ line }) => line === 0)).toBe(true)
  return found.map(({ path, layer }) => `${path}: ${layer}`)
}

/** An image with these steps between its base and its own layer, and this config. */
function image(steps: readonly string[], config: unknown = {}): Image {
  return { layers: [BASE, OWN], emptySteps: { 1: steps }, config }
}

describe('searchImage, settings', () => {
  it.each<[string, string[], unknown, string]>([
    ['a variable', ['ENV KEY=planted'], { Env: ['PATH=/bin', 'KEY=planted'] }, 'ENV KEY'],
    [
      'one of several variables',
      ['ENV A=1 KEY=planted'],
      { Env: ['A=1', 'KEY=planted'] },
      'ENV KEY',
    ],
    [
      'a variable of the classic builder',
      ['/bin/sh -c #(nop)  ENV KEY=planted'],
      { Env: ['KEY=planted'] },
      'ENV KEY',
    ],
    ['a label', ['LABEL "a.b"="planted"'], { Labels: { 'a.b': 'planted' } }, 'LABEL a.b'],
    ['a label by an option', [], { Labels: { 'a.b': 'planted' } }, 'LABEL a.b'],
    ['a command', ['CMD ["run" "planted"]'], { Cmd: ['run', 'planted'] }, 'CMD'],
    ['an entrypoint', ['ENTRYPOINT ["planted"]'], { Entrypoint: ['planted'] }, 'ENTRYPOINT'],
    [
      'a health check',
      ['HEALTHCHECK &{["CMD-SHELL" "curl planted"]}'],
      { Healthcheck: { Test: ['CMD-SHELL', 'curl planted'] } },
      'HEALTHCHECK',
    ],
  ])('finds %s once', async (_, steps, config, path) => {
    expect(await places(image(steps, config))).toEqual([`${path}: image config`])
  })

  it('finds them all where there is no base', async () => {
    const found = await places({ layers: [OWN], config: { Env: ['KEY=planted'] } }, [])
    expect(found).toEqual(['ENV KEY: image config'])
  })

  it.each<[string, Image]>([
    [
      'by a step under its last layer',
      { layers: [BASE, OWN], emptySteps: { 0: ['ENV KEY=planted', 'LABEL a=planted'] } },
    ],
    ['that no step tells of, since the base was imported', { layers: [BASE, OWN] }],
  ])("leaves out the base's: %s", async (_, given) => {
    const label = given.emptySteps ? { Labels: { a: 'planted' } } : {}
    expect(await places({ ...given, config: { Env: ['KEY=planted'], ...label } })).toEqual([])
  })

  it('leaves out what is allowed', async () => {
    const given = image(['ENV KEY=planted', 'ARG X=planted'], { Env: ['KEY=planted'] })
    const source = sourceOf(archiveOf(layoutOf([given])))
    const found = await searchImage(source, {
      scanner: plantedScanner,
      baseLayers: [],
      allowList: parseAllowList('planted-text  ENV?KEY  # a test double'),
      signal: new AbortController().signal,
    })
    expect(found.map(({ path }) => path)).toEqual(['history: ARG X …'])
  })

  it('finds a variable of the base that was set anew', async () => {
    const given = {
      layers: [BASE, OWN],
      emptySteps: { 0: ['ENV KEY=1'], 1: ['ENV KEY=planted'] },
      config: { Env: ['KEY=planted'] },
    }
    expect(await places(given)).toEqual(['ENV KEY: image config'])
  })

  it('does not take an empty layer of ours for the one that the base has', async () => {
    const given = {
      layers: [BASE, EMPTY, EMPTY, OWN],
      emptySteps: { 2: ['ENV KEY=planted'] },
      config: { Env: ['KEY=planted'] },
    }
    expect(await places(given, [diffIdOf(BASE), diffIdOf(EMPTY)])).toEqual([
      'ENV KEY: image config',
    ])
    // Of two platforms.
    const both = [diffIdOf(OWN), diffIdOf(EMPTY), diffIdOf(BASE), diffIdOf(EMPTY)]
    expect(await places(given, both)).toEqual(['ENV KEY: image config'])
  })
})

describe('searchImage, history', () => {
  it.each<[string, string, string]>([
    ['a value that was set and replaced', 'ENV KEY=planted', 'history: ENV KEY …'],
    ['the default of an argument', 'ARG KEY=planted', 'history: ARG KEY …'],
    ['an argument', 'RUN |1 KEY=planted /bin/sh -c make # buildkit', 'build argument KEY'],
    [
      'one of several arguments',
      'RUN |3 A=1 KEY=with planted inside B=x /bin/bash -o pipefail -c make all # buildkit',
      'build argument KEY',
    ],
    ['an argument of the classic builder', '|1 KEY=planted /bin/sh -c make', 'build argument KEY'],
    ['a command', 'RUN /bin/sh -c curl -H planted # buildkit', 'history: RUN curl …'],
    ['a command that begins with it', 'RUN /bin/sh -c planted-1 # buildkit', 'history: RUN …'],
    ['a command of the classic builder', '/bin/sh -c wget planted', 'history: RUN wget …'],
  ])('finds %s and does not show it', async (_, step, path) => {
    expect(await places(image([step]))).toEqual([`${path}: image history`])
  })

  it("leaves out the base's", async () => {
    const base = { ...BASE, by: 'RUN |1 KEY=planted /bin/sh -c make # buildkit' }
    expect(await places({ layers: [base, OWN] })).toEqual([])
  })

  it('tells an argument once that many steps had', async () => {
    const step = 'RUN |1 KEY=planted /bin/sh -c make # buildkit'
    const found = await places(image([step, `${step} `, step.replace('make', 'make all')]))
    expect(found).toEqual(['build argument KEY: image history'])
  })
})

describe('searchImage, the name of a layer', () => {
  it.each<[string, string]>([
    ['COPY . /srv # buildkit', 'COPY . /srv'],
    [`/bin/sh -c #(nop) COPY multi:${'0'.repeat(64)} in /srv/ `, 'COPY … /srv/'],
    ['RUN /bin/sh -c make   all # buildkit', 'RUN make all'],
    ['RUN |2 A=hunter2 B=c d /bin/sh -c make # buildkit', 'RUN make'],
    ['|1 A=hunter2 /bin/sh -c make', 'RUN make'],
    // No shell: it cannot be told where the values end.
    ['RUN |1 A=hunter2 make all # buildkit', 'RUN'],
    ['RUN /bin/sh -c curl -u planted # buildkit', 'RUN curl …'],
    [`RUN /bin/sh -c echo ${'x'.repeat(99)} planted # buildkit`, 'RUN echo …'],
    [`RUN /bin/sh -c ${'make '.repeat(30)} # buildkit`, `RUN ${'make '.repeat(12)}…`],
  ])('%s', async (by, shown) => {
    const image = { layers: [BASE, { tar: tarOf({ f: 'planted' }), by }] }
    const found = await searchImage(sourceOf(archiveOf(layoutOf([image]))), {
      scanner: plantedScanner,
      baseLayers: [diffIdOf(BASE)],
      allowList: allowNothing,
      signal: new AbortController().signal,
    })
    expect(found[0]?.layer).toBe(`layer 2 of 2 (${shown})`)
  })
})
