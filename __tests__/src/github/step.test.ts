import { describe, expect, it } from '@jest/globals'
import { isNewer } from '../../../src/github/sticky/generation.ts'
import { readSightings } from '../../../src/github/sticky/sightings.ts'
import { nextStep, type Scene, type Sighting } from '../../../src/github/sticky/step.ts'
import { planBody } from './world.ts'

const HEAD = 'f'.repeat(40)
const generation = (runId: number, runAttempt = 1, commit = HEAD) => ({ runId, runAttempt, commit })

describe('isNewer', () => {
  it.each([
    ['a later run', generation(2), generation(1), true],
    ['an earlier run', generation(1), generation(2), false],
    ['a later attempt', generation(1, 2), generation(1, 1), true],
    ['an earlier attempt', generation(1, 1), generation(1, 2), false],
    ['a later run before a later attempt', generation(2, 1), generation(1, 9), true],
    ['the same', generation(1), generation(1), false],
    ['an earlier run of the head', generation(1), generation(2, 1, 'old'), true],
    ['a later run of another commit', generation(2, 1, 'old'), generation(1), false],
    ['a later run where neither is the head', generation(2, 1, 'a'), generation(1, 1, 'b'), true],
  ])('compares %s', (_, a, b, expected) => {
    expect(isNewer(a, b, HEAD)).toBe(expected)
  })
})

const AT = Date.UTC(2026, 10, 23)

function aSighting(overrides: Partial<Sighting> = {}): Sighting {
  return {
    id: 1,
    body: 'marker 1\ntext',
    generation: generation(1),
    updatedAtMs: AT,
    url: 'url',
    ...overrides,
  }
}

function aScene(overrides: Partial<Scene> = {}): Scene {
  return {
    seen: [],
    wanted: { body: 'marker 2\ntext', generation: generation(2), startedAtMs: AT },
    head: HEAD,
    finish: (body) => body,
    done: { written: new Set(), replaced: new Set() },
    ...overrides,
  }
}

describe('nextStep', () => {
  it('writes at once all that has to be said', () => {
    const finish = (body: string): string => `${body}!`
    expect(nextStep(aScene({ finish }))).toEqual({ kind: 'create', body: 'marker 2\ntext!' })
    expect(nextStep(aScene({ finish, seen: [aSighting()] }))).toEqual({
      kind: 'update',
      id: 1,
      body: 'marker 2\ntext!',
    })
  })

  it.each([
    ['Windows lines', 'marker 2\r\ntext'],
    ['an empty line more', 'marker 2\ntext\n'],
  ])('takes no offence at %s', (_, body) => {
    const seen = [aSighting({ body, generation: generation(2) })]
    expect(nextStep(aScene({ seen }))).toMatchObject({ kind: 'settled', shows: 'ours' })
  })

  it('takes the first line for the whole where GitHub keeps the rest in its own way', () => {
    const seen = [aSighting({ body: 'marker 2\nanother text', generation: generation(2) })]
    const done = { written: new Set(['marker 2\ntext']), replaced: new Set<string>() }
    const finish = (): string => 'marker 2\ntext'
    expect(nextStep(aScene({ seen, done, finish }))).toMatchObject({ shows: 'ours' })
    expect(nextStep(aScene({ seen, finish }))).toMatchObject({ kind: 'update' })
  })

  it('gives the last word to each of two jobs of one run once', () => {
    const seen = [aSighting({ body: 'marker 2 of the other', generation: generation(2) })]
    expect(nextStep(aScene({ seen }))).toEqual({ kind: 'update', id: 1, body: 'marker 2\ntext' })
    const done = { written: new Set(['marker 2\ntext']), replaced: new Set<string>() }
    expect(nextStep(aScene({ seen, done }))).toMatchObject({ kind: 'settled', shows: 'ours' })
  })

  it.each([
    ['that was touched in the second of our start', 0, 'settled'],
    ['that was touched within the second before', -999, 'settled'],
    ['that was not touched since', -1000, 'update'],
  ])('leaves a later run of the same commit alone, but not a text %s', (_, sinceMs, kind) => {
    const newer = aSighting({ generation: generation(9), updatedAtMs: AT + sinceMs })
    expect(nextStep(aScene({ seen: [newer] }))).toMatchObject({ kind })
  })

  it('leaves a later run of another commit alone, however long ago it wrote', () => {
    const newer = aSighting({ generation: generation(9, 1, 'other'), updatedAtMs: 0 })
    const wanted = { body: 'x', generation: generation(2, 1, 'another'), startedAtMs: AT }
    expect(nextStep(aScene({ seen: [newer], wanted }))).toMatchObject({ shows: 'newer' })
  })

  it('moves the latest words before it takes anything away', () => {
    const seen = [
      aSighting({ id: 7, body: 'marker 9', generation: generation(9) }),
      aSighting({ id: 3 }),
    ]
    expect(nextStep(aScene({ seen }))).toEqual({ kind: 'update', id: 3, body: 'marker 9' })
    const moved = [seen[0], aSighting({ id: 3, body: 'marker 9', generation: generation(9) })]
    const both = moved.filter((sighting) => sighting !== undefined)
    expect(nextStep(aScene({ seen: both }))).toEqual({ kind: 'remove', id: 7 })
  })
})

describe('readSightings', () => {
  const item = {
    id: 5,
    body: planBody({ runId: 1, commit: HEAD }),
    user: { login: 'Hubot' },
    updated_at: '2026-11-23T00:00:00Z',
    html_url: 'url',
  }
  const read = (...items: readonly unknown[]) =>
    readSightings(items, { kind: 'plan', name: 'shop' }, 'hubot')

  it('reads what is ours', () => {
    expect(read(item)).toMatchObject([{ id: 5, updatedAtMs: AT, generation: { runId: 1 } }])
    expect(read({ ...item, number: 8 })).toMatchObject([{ id: 8 }])
  })

  it.each([
    ['nobody', { ...item, user: null }],
    ['somebody else', { ...item, user: { login: 'hubot2' } }],
    ['another service', { ...item, body: planBody({ runId: 1, commit: HEAD, name: 'shop2' }) }],
    ['another kind', { ...item, body: planBody({ runId: 1, commit: HEAD, kind: 'drift' }) }],
    ['no marker', { ...item, body: 'Hello' }],
    ['nothing', null],
  ])('leaves out what is of %s', (_, other) => {
    expect(read(other)).toEqual([])
  })
})
