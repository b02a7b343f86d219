import { diagnose } from '../../../google/diagnosis/diagnose.ts'
import type { GoogleFailure } from '../../../google/diagnosis/failure.ts'
import {
  describeProvider,
  enablePool,
  enableProvider,
  listProviders,
  setCondition,
  setMapping,
  undeleteProvider,
} from '../../../google/diagnosis/provider-remedies.ts'
import { SHORT_MAPPING } from '../../../google/diagnosis/rows/identity.ts'
import type { Surroundings } from '../../../google/diagnosis/surroundings.ts'
import { broken, type Finding, ok, unknown } from '../check.ts'
import { type Claims, renderClaim, renderClaims } from './claims.ts'
import { adaptCondition, type Difference, judgeCondition } from './condition.ts'
import type { Exchange, Outcome, Provider } from './exchange.ts'

/** Ids of the diagnoses that are about the provider itself, whoever comes. */
const OF_THE_PROVIDER: ReadonlySet<string> = new Set([
  'sts-pool',
  'sts-issuer',
  'sts-audience',
  'sts-allowed-audiences',
])

/** Whether the provider is there, enabled, and takes tokens of GitHub at all. */
export async function lookAtProvider(
  exchange: Exchange,
  name: string,
  surroundings: Surroundings
): Promise<Finding> {
  const outcome = await exchange.federation()
  if (outcome.kind === 'silent') return unknown(`Google's token service is silent: ${outcome.why}.`)
  if (outcome.kind === 'done') return ok(`${name} is there and enabled.`)
  const diagnosis = diagnose(outcome.failure, surroundings)
  if (diagnosis?.id === 'api-off') return broken(diagnosis.means, diagnosis.fix)
  if (diagnosis === undefined || !OF_THE_PROVIDER.has(diagnosis.id))
    return ok(`${name} is there and enabled.`)
  if (diagnosis.id !== 'sts-pool') return broken(diagnosis.means, diagnosis.fix)
  return explainGone(await exchange.provider(), name) ?? broken(diagnosis.means, diagnosis.fix)
}

/** Which of the ways of being gone it is, where somebody may look. */
function explainGone(outcome: Outcome<Provider>, name: string): Finding | undefined {
  if (outcome.kind === 'refused' && outcome.failure.status === 404)
    return broken(`There is no provider ${name}. These there are:`, listProviders(name))
  if (outcome.kind !== 'done') return undefined
  const { isDeleted, isDisabled } = outcome.value
  if (isDeleted) return broken(`${name} was deleted.`, undeleteProvider(name))
  if (isDisabled) return broken(`${name} is disabled.`, enableProvider(name))
  return broken(`${name} is well, but its pool is disabled or deleted.`, enablePool(name))
}

/** Google takes no token of which a mapped attribute has more than 127 bytes. */
export async function lookAtSubjectLength(exchange: Exchange, name: string): Promise<Finding> {
  const [outcome, claims, provider] = await Promise.all([
    exchange.federation(),
    exchange.claims(),
    exchange.provider(),
  ])
  const subject = claims.kind === 'done' ? renderClaim(claims.value['sub'] ?? '') : ''
  const bytes = Buffer.byteLength(subject)
  if (outcome.kind === 'refused' && /127 bytes/.test(outcome.failure.message)) {
    return broken(
      `A mapped attribute has more than the 127 bytes that Google takes; the claim sub has ${bytes}.`,
      setMapping(name, shortened(provider))
    )
  }
  if (outcome.kind === 'silent') return unknown(`Google's token service is silent: ${outcome.why}.`)
  return ok(`Nothing that is mapped has more than 127 bytes; the claim sub has ${bytes}.`)
}

/** What is mapped besides the subject stays: members are written with it. */
function shortened(provider: Outcome<Provider>): Readonly<Record<string, string>> {
  const others = provider.kind === 'done' ? provider.value.mapping : {}
  return { ...SHORT_MAPPING, ...others, 'google.subject': SHORT_MAPPING['google.subject'] ?? '' }
}

/** Whether Google takes the token of this job, and which claim keeps it from doing so. */
export async function lookAtExchange(
  exchange: Exchange,
  name: string,
  surroundings: Surroundings
): Promise<Finding> {
  const outcome = await exchange.federation()
  if (outcome.kind === 'done') return ok("Google's token service takes the token of this job.")
  if (outcome.kind === 'silent') return unknown(`Google's token service is silent: ${outcome.why}.`)
  const { failure } = outcome
  const diagnosis = diagnose(failure, surroundings)
  if (diagnosis?.id === 'sts-condition') return explainCondition(exchange, name)
  if (diagnosis) return broken(`${saidBy(failure)} ${diagnosis.means}`, diagnosis.fix)
  return broken(saidBy(failure), describeProvider(name))
}

/** Which claim differs from what: as far as somebody here may read the condition. */
async function explainCondition(exchange: Exchange, name: string): Promise<Finding> {
  const [claims, provider] = await Promise.all([exchange.claims(), exchange.provider()])
  const shown = claims.kind === 'done' ? claims.value : {}
  if (provider.kind !== 'done') return blind(shown, name, provider)
  const { condition } = provider.value
  const { differences } = judgeCondition(condition, shown)
  if (differences.length === 0) {
    return broken(
      `The attribute condition does not admit this job: ${condition} - and the job has ${renderClaims(shown)}`,
      describeProvider(name)
    )
  }
  const wrong = differences.map(renderDifference).join('; ')
  const byId = conditionById(shown)
  const subject = differences.find(({ claim }) => claim === 'sub')?.wanted?.value
  if (byId !== undefined && subject !== undefined) {
    return broken(
      `The attribute condition does not admit this job: ${wrong}. GitHub writes sub in another form for repositories made, renamed or moved since July 2026; the numbers stay:`,
      setCondition(name, [byId, ...placeIn(subject)].join(' && '))
    )
  }
  const asWanted = `The attribute condition does not admit this job: ${wrong}. Run the job as the condition wants it`
  const adapted = adaptCondition(condition, differences)
  // What is no plain comparison cannot be adapted: pasted, such a condition would change nothing.
  if (judgeCondition(adapted, shown).isMet !== true)
    return broken(`${asWanted}, or change it by hand:`, describeProvider(name))
  return broken(
    `${asWanted}; or, should just such jobs be let in, change it:`,
    setCondition(name, adapted)
  )
}

/** Nobody here may read the condition: then the claims, and the two commands that mend it. */
function blind(claims: Claims, name: string, provider: Outcome<Provider>): Finding {
  const why =
    provider.kind === 'refused'
      ? 'the job may not read it, which takes iam.workloadIdentityPoolProviders.get'
      : 'nobody is signed in who could read it; doctor takes a token in GOOGLE_OAUTH_ACCESS_TOKEN for that'
  const byId = conditionById(claims)
  const update = byId === undefined ? [] : [setCondition(name, byId)]
  return broken(
    `The attribute condition does not admit this job (${why}). Compare it, upper and lower case too, with ${renderClaims(claims)}. The first command shows it, the second lets in all jobs of this repository:`,
    [describeProvider(name), ...update].join('\n')
  )
}

/** What a subject says besides the repository: a condition without it would let in more than before. */
function placeIn(subject: string): readonly string[] {
  const [, kind, place = ''] = /:(ref|environment):([^'\\]+)$/.exec(subject) ?? []
  if (kind !== undefined) return [`assertion.${kind} == '${place}'`]
  return subject.endsWith(':pull_request') ? ["assertion.event_name == 'pull_request'"] : []
}

/** Lets in all jobs of this repository, whatever its name becomes. */
function conditionById(claims: Claims): string | undefined {
  const { repository_id: repository, repository_owner_id: owner } = claims
  if (![repository, owner].every((id) => /^[0-9]+$/.test(String(id)))) return undefined
  return `assertion.repository_id == '${repository}' && assertion.repository_owner_id == '${owner}'`
}

function renderDifference({ claim, has, wanted, text }: Difference): string {
  const is = has === undefined ? `there is no ${claim}` : `${claim} is "${renderClaim(has)}"`
  if (wanted === undefined) return `${claim && `${is}, `}not so: ${text}`
  const isAlike = renderClaim(has ?? '').toLowerCase() === wanted.value.toLowerCase()
  return `${is}, wanted is "${wanted.value}"${isAlike ? ' (upper and lower case count)' : ''}`
}

/** In Google's own words. */
export function saidBy({ status, reason, message }: GoogleFailure): string {
  return `Google answered ${status} ${reason}: ${message}`
}
