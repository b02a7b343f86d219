import { describe, expect, it } from '@jest/globals'
import { codeSpan, htmlCode } from '../../../src/report/markdown.ts'
import { buildMasker } from '../../../src/report/masking/masker.ts'
import { renderPlanReport } from '../../../src/report/plan-comment.ts'
import { randomFrom, seedOfRun } from '../release/random.ts'
import { type AnyPlan, anyPlan } from './any-plan.ts'
import { aReport } from './report.ts'
import { readStructure } from './structure.ts'

const seed = seedOfRun()
const ROUNDS = Number(process.env['ROUNDS'] ?? 60)

describe(`the report of any plan (SEED=${seed})`, () => {
  it('keeps every promise', () => {
    for (let round = 0; round < ROUNDS; round++) {
      const any = anyPlan(randomFrom(seed + round), round % 10 === 0 ? 40 : 8)
      expect({ seed: seed + round, faults: faultsOf(any) }).toEqual({
        seed: seed + round,
        faults: [],
      })
    }
  }, 60_000)
})

function faultsOf({ plan, canaries, secrets, destructive }: AnyPlan): readonly string[] {
  const report = aReport({ plan, secrets })
  const rendered = renderPlanReport(report)
  const again = renderPlanReport(aReport({ plan: JSON.parse(JSON.stringify(plan)), secrets }))
  const { comment, summary, log } = rendered
  const { maskAddress } = buildMasker(plan, report)
  const faults = [
    ...(comment.length <= 65_536 ? [] : [`comment of ${comment.length}`]),
    ...(Buffer.byteLength(summary) <= 1_048_576 ? [] : [`summary of ${summary.length}`]),
    ...(JSON.stringify(rendered) === JSON.stringify(again) ? [] : ['another text the second time']),
  ]
  for (const [name, text] of Object.entries({ comment, summary })) {
    const { faults: broken, prose } = readStructure(text)
    faults.push(...broken.map((fault) => `${name}: ${fault}`))
    for (const [live] of prose.matchAll(/@[a-z]+|(?<!&)#\d+|<!--|!\[/g))
      faults.push(`${name}: ${live} is alive`)
    if (!text.isWellFormed()) faults.push(`${name}: half a character`)
  }
  for (const address of destructive) {
    const shown = maskAddress(address)
    if (!summary.includes(htmlCode(shown)) && !summary.includes(codeSpan(shown)))
      faults.push(`${address} is not in the summary`)
    if (
      !comment.includes(htmlCode(shown)) &&
      !comment.includes(codeSpan(shown)) &&
      !/^- … and \d/m.test(comment)
    )
      faults.push(`${address} is not in the comment`)
  }
  for (const canary of canaries) {
    for (const form of formsOf(canary)) {
      for (const [name, text] of Object.entries({
        comment,
        summary,
        log,
        headline: rendered.headline,
      })) {
        if (text.includes(form)) faults.push(`${name} shows ${form}`)
      }
    }
  }
  return faults
}

/** Its beginning, which is telling enough and the same in a URL and in JSON, and as base64. */
function formsOf(canary: string): readonly string[] {
  const [start = canary] = canary.split(/[ \n&]/)
  return [start, Buffer.from(canary).toString('base64').replace(/=+$/, '')]
}
