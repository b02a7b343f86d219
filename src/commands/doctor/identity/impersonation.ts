import { diagnose } from '../../../google/diagnosis/diagnose.ts'
import { command } from '../../../google/diagnosis/remedies.ts'
import type { Surroundings } from '../../../google/diagnosis/surroundings.ts'
import { broken, type Finding, ok, unknown } from '../check.ts'
import type { Exchange } from './exchange.ts'
import { saidBy } from './provider.ts'

/** Whether the job may become the service account that the inputs name. */
export async function lookAtImpersonation(
  exchange: Exchange,
  surroundings: Surroundings
): Promise<Finding> {
  const { serviceAccount } = surroundings
  if (serviceAccount === undefined)
    return ok('No service account is asked for: the jobs of the repository act themselves.')
  const outcome = await exchange.impersonation()
  if (outcome.kind === 'done') return ok(`The job may act as ${serviceAccount}.`)
  if (outcome.kind === 'silent') return unknown(`IAM credentials is silent: ${outcome.why}.`)
  const { failure } = outcome
  if (failure.status === 404)
    return broken(`There is no service account ${serviceAccount}.`, createAccount(serviceAccount))
  const diagnosis = diagnose(failure, surroundings)
  if (diagnosis) return broken(`${saidBy(failure)} ${diagnosis.means}`, diagnosis.fix)
  return unknown(saidBy(failure))
}

/** An e-mail address of an account tells its name and its project. */
function createAccount(email: string): string {
  const [name = email, host = ''] = email.split('@')
  const project = host.replace(/\.iam\.gserviceaccount\.com$/, '')
  return command(['gcloud iam service-accounts create', name], { project })
}
