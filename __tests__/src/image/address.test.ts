import { describe, expect, it } from '@jest/globals'
import { type AddressInputs, addressOf } from '../../../src/image/address.ts'
import type { ResolvedBase } from '../../../src/image/bases/resolve.ts'
import { readDockerfile } from '../../../src/image/dockerfile/dockerfile.ts'

const digest = (character: string): string => `sha256:${character.repeat(64)}`

const base = (name: string, more: Partial<ResolvedBase> = {}): ResolvedBase => ({
  name,
  platform: 'linux/amd64',
  digest: digest('a'),
  diffIds: undefined,
  origin: 'registry',
  by: 'FROM',
  ...more,
})

function inputs(more: Partial<AddressInputs> = {}): AddressInputs {
  return {
    contextDigest: 'c0ffee',
    dockerfile: 'FROM python:3\nCOPY . /\n',
    target: undefined,
    buildArgs: new Map([
      ['A', '1'],
      ['B', '2'],
    ]),
    bases: [base('python:3'), base('alpine:3')],
    platforms: ['linux/amd64', 'linux/arm64'],
    labels: new Map([['org.opencontainers.image.source', 'https://github.com/x/y']]),
    salt: 'block 1',
    reasons: [],
    ...more,
  }
}

/** Throws where there is none, so that two missing ones never look equal. */
function address(more: Partial<AddressInputs> = {}): string {
  const result = addressOf(inputs(more))
  if ('unaddressable' in result) throw new Error(result.unaddressable.join('\n'))
  return result.address
}

describe('addressOf', () => {
  it('stays the same from version to version: a changed one rebuilds everything everywhere', () => {
    expect(address()).toBe('47c5ef43c31c1445afdd5b08f06ffdcf0606654d9196ab6ed49605d058d633c7')
  })

  it.each<[string, Partial<AddressInputs>]>([
    [
      'the order of build arguments',
      {
        buildArgs: new Map([
          ['B', '2'],
          ['A', '1'],
        ]),
      },
    ],
    ['the order of bases', { bases: [base('alpine:3'), base('python:3')] }],
    ['how often a base is used', { bases: [base('python:3'), base('alpine:3'), base('python:3')] }],
    ['the order of platforms', { platforms: ['linux/arm64', 'linux/amd64'] }],
    [
      'where a base was found',
      { bases: [base('python:3', { origin: 'engine', diffIds: [] }), base('alpine:3')] },
    ],
    ['an empty target for none', { target: '' }],
  ])('does not depend on %s', (_, more) => {
    expect(address(more)).toBe(address())
  })

  it.each<[string, Partial<AddressInputs>]>([
    ['a file of the context', { contextDigest: 'c0ffed' }],
    ['a comment in the Dockerfile', { dockerfile: 'FROM python:3\n# x\nCOPY . /\n' }],
    ['the target', { target: 'build' }],
    [
      'the value of a build argument',
      {
        buildArgs: new Map([
          ['A', '1'],
          ['B', '3'],
        ]),
      },
    ],
    [
      'the name of a build argument',
      {
        buildArgs: new Map([
          ['A', '1'],
          ['C', '2'],
        ]),
      },
    ],
    [
      'an empty build argument more',
      {
        buildArgs: new Map([
          ['A', '1'],
          ['B', '2'],
          ['C', ''],
        ]),
      },
    ],
    ['where one argument ends and the next begins', { buildArgs: new Map([['A', '1","B":"2']]) }],
    [
      'the digest of a base',
      { bases: [base('python:3', { digest: digest('b') }), base('alpine:3')] },
    ],
    [
      'bases that change places',
      {
        bases: [
          base('python:3', { digest: digest('b') }),
          base('alpine:3', { digest: digest('c') }),
        ],
      },
    ],
    [
      'the platform of a base',
      { bases: [base('python:3', { platform: 'linux/386' }), base('alpine:3')] },
    ],
    ['the platforms', { platforms: ['linux/amd64'] }],
    ['a label', { labels: new Map() }],
    ['the rules that let it through', { salt: 'off 1' }],
  ])('changes with %s', (_, more) => {
    expect(address(more)).not.toBe(address())
  })

  it('takes a build argument called __proto__ for one', () => {
    expect(address({ buildArgs: new Map([['__proto__', '1']]) })).not.toBe(
      address({ buildArgs: new Map() })
    )
  })

  it('gives each reason once instead, whatever else is known', () => {
    expect(addressOf(inputs({ reasons: ['it rains', 'it rains', 'it snows'] }))).toEqual({
      unaddressable: ['it rains', 'it snows'],
    })
  })

  it('gives none where it is not known what the builder builds for', () => {
    expect(addressOf(inputs({ platforms: [] }))).toEqual({
      unaddressable: ['what platform the builder builds for is not known'],
    })
  })

  it('gives none to a Dockerfile that is no text', () => {
    expect(addressOf(inputs({ dockerfile: 'FROM a\nRUN \uFFFD' }))).toEqual({
      unaddressable: ['the Dockerfile is not UTF-8'],
    })
  })
})

describe('any order of the same inputs', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  it(`gives one address, and any single change another (SEED=${seed})`, () => {
    const random = randomFrom(seed)
    const seen = new Map<string, string>()
    for (let round = 0; round < 300; round++) {
      const names = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, at) => `n${at}`)
      const values = names.map((name) => [name, String(Math.floor(random() * 3))] as const)
      const bases = values.map(([name, value]) => base(name, { digest: digest(value) }))
      const meant = JSON.stringify(values)
      const shuffled = {
        buildArgs: new Map(shuffle(values, random)),
        bases: shuffle(bases, random),
        labels: new Map(shuffle(values, random)),
      }
      const ordered = { buildArgs: new Map(values), bases, labels: new Map(values) }
      expect(address(shuffled)).toBe(address(ordered))
      // Whoever had this address before meant the same.
      expect(seen.get(address(ordered)) ?? meant).toBe(meant)
      seen.set(address(ordered), meant)
    }
    expect(seen.size).toBe(new Set(seen.values()).size)
  })
})

describe('a stage that nobody needs', () => {
  it('does not change the bases, and so leaves no trace but its text', () => {
    const options = {
      target: undefined,
      buildArgs: new Map(),
      platforms: [],
      builderPlatform: 'linux/amd64',
      builder: 'buildkit' as const,
    }
    const small = readDockerfile('FROM a AS s\nFROM b', options)
    const smaller = readDockerfile('FROM b', options)
    expect(small.images.map(({ name }) => name)).toEqual(smaller.images.map(({ name }) => name))
  })
})

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function shuffle<T>(list: readonly T[], random: () => number): readonly T[] {
  const keyed = list.map((entry) => ({ entry, key: random() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry)
}
