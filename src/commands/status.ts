import type { Config } from '../inputs.ts'
import { renderLog } from '../report/status/log.ts'
import type { StatusReport } from '../report/status/report.ts'
import { Answers } from './status/answers.ts'
import { askAll, type StatusPorts } from './status/questions.ts'
import { reportOn } from './status/report.ts'

export interface StatusTellers {
  /** Called once, before anything that could not be read fails the job. */
  readonly tell: (report: StatusReport) => Promise<void>
}

/**
 * What runs, what was tried, what is in the way. A service in a bad state is an answer and no
 * failure; what could not be read is one, after everything else has been told.
 *
 * @throws ActionError what the first reading that failed threw: GCP_*, LEDGER_UNREADABLE, TERRAFORM_FAILED
 */
export async function status(
  config: Config,
  ports: StatusPorts & StatusTellers,
  signal: AbortSignal
): Promise<void> {
  const answers = new Answers(signal)
  const facts = await askAll({ config, ports, answers, signal })
  const { problems } = answers
  const report = reportOn(config, facts, { atMs: ports.clock.now(), problems })
  ports.log.info(renderLog(report))
  await ports.tell(report)
  const [failure] = answers.failures
  if (failure) throw failure
}
