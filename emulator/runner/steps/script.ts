import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluateText } from '../expressions/evaluate.ts'
import { childOf } from '../workflow/tokens.ts'
import { inWorkspace, runProgram } from './program.ts'
import type { RunningStep, StepEnd } from './step.ts'

/** `{0}` is the script; without a name it is bash, but not as careful as a bash that was asked for. */
const SHELLS: Readonly<Record<string, string>> = {
  '': 'bash -e {0}',
  bash: 'bash --noprofile --norc -eo pipefail {0}',
  sh: 'sh -e {0}',
  python: 'python3 {0}',
}

/** A `run` step. */
export async function runScript(step: RunningStep): Promise<StepEnd> {
  const { scope, template, env, log } = step
  const text = (key: string): string =>
    evaluateText(childOf(template.token, key), scope.toExpressions(env))
  const script = text('run')
  const shell = text('shell') || (scope.defaults['shell'] ?? '')
  const form = SHELLS[shell] ?? shell
  if (!form.includes('{0}'))
    throw new Error(
      `Invalid shell option. Shell must be a valid built-in (bash, sh, python) or a format string containing '{0}'`
    )
  const directory = text('working-directory') || (scope.defaults['working-directory'] ?? '')
  const extension = shell === 'python' ? '.py' : '.sh'
  const file = join(scope.session.folders.temp, `${randomUUID()}${extension}`)
  await writeFile(file, script.replaceAll('\r\n', '\n'))
  const [firstLine = ''] = script.trim().split('\n')
  log.group(`Run ${firstLine}`, [...script.trimEnd().split('\n'), `shell: ${form}`])
  const [command = '', ...args] = form.split(/\s+/).map((part) => part.replace('{0}', file))
  const end = await runProgram(step, {
    command,
    args,
    cwd: inWorkspace(scope, directory),
    variables: { GITHUB_ACTION: template.id },
  })
  if (end.exitCode !== 0 && !step.signal.aborted)
    log.complain('error', `Process completed with exit code ${end.exitCode}.`)
  return end
}
