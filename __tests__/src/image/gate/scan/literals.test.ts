import { describe, expect, it } from '@jest/globals'
import { type Literal, LiteralSearch } from '../../../../../src/image/gate/scan/literals.ts'
import { randomFrom, seedOfRun } from '../../../release/random.ts'

const seed = seedOfRun()
const CHARACTERS = 'abAB-'

/** Few characters, so that literals overlap, contain each other and differ only in case. */
function textOf(length: number, random: () => number): string {
  return Array.from({ length }, () => CHARACTERS[Math.floor(random() * CHARACTERS.length)]).join('')
}

/** The slow way: try every literal at every place. */
function expectedHits(
  text: string,
  literals: readonly Literal[],
  from: number,
  to: number
): readonly string[] {
  const places = Array.from({ length: to - from }, (_, index) => from + index)
  return places.flatMap((at) =>
    literals.flatMap((literal, index) => {
      const part = text.slice(at, at + literal.text.length)
      const isSame =
        literal.ignoreCase === true
          ? part.toLowerCase() === literal.text.toLowerCase()
          : part === literal.text
      return isSame ? [`${at} ${index}`] : []
    })
  )
}

describe(`LiteralSearch (SEED=${seed})`, () => {
  it('finds every literal at every place, in order, within the part that is asked for', () => {
    for (let round = 0; round < 300; round++) {
      const random = randomFrom(seed + round)
      const literals = Array.from({ length: 1 + random() * 30 }, () => ({
        text: textOf(4 + Math.floor(random() * 8), random),
        ignoreCase: random() < 0.5,
      }))
      const text = textOf(Math.floor(random() * 400), random)
      const from = Math.floor(random() * text.length * 0.3)
      const to = text.length - Math.floor(random() * text.length * 0.3)
      const hits: string[] = []
      new LiteralSearch(literals).each(Buffer.from(text), { from, to }, (index, at) => {
        hits.push(`${at} ${index}`)
      })
      expect({ round, hits }).toEqual({ round, hits: expectedHits(text, literals, from, to) })
    }
  })

  it('refuses a literal that is too short to be told apart', () => {
    expect(() => new LiteralSearch([{ text: 'abc' }])).toThrow('"abc" is too short')
  })
})
