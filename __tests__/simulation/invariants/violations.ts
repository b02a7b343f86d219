import type { Played, Story } from '../play.ts'
import { imageOf } from '../world/furnish.ts'
import { denialViolations } from './denial.ts'
import { expectationViolations, rolledBackViolations } from './expectations.ts'
import { greenViolations, lastViolations, wordViolations } from './green.ts'
import { requestViolations } from './requests.ts'
import { serviceViolations } from './service.ts'

/** What is wrong with a run, in words; empty when nothing is. */
export function violations(story: Story): readonly string[] {
  return [
    ...story.breaches,
    ...story.played.flatMap((played) => [
      ...verdictViolations(story, played),
      ...expectationViolations(story, played),
      ...denialViolations(story, played),
      ...requestViolations(story.schedule, played),
    ]),
    ...serviceViolations(story),
    ...lastViolations(story),
    ...requestViolations(story.schedule, story.last),
  ]
}

/** Whether what a job said of itself is true. */
function verdictViolations(story: Story, played: Played): readonly string[] {
  const { verdict, isOver, holder, plan } = played
  if (!isOver) return [`${holder} never ended`]
  switch (verdict?.result) {
    case 'bug':
      return [`${holder} met a bug: ${verdict.message}`]
    case 'verified':
    case 'unchanged':
      return [
        ...greenViolations(story, played, imageOf(plan.image)),
        ...wordViolations(played, imageOf(plan.image), 'verified'),
      ]
    case 'rolled_back':
      return rolledBackViolations(story, played)
    default:
      return []
  }
}
