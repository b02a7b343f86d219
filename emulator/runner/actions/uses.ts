import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { evaluateTexts } from '../expressions/evaluate.ts'
import { inWorkspace } from '../steps/program.ts'
import type { StepScope, Variables } from '../steps/scope.ts'
import type { RunningStep, StepEnd } from '../steps/step.ts'
import type { StepLog } from '../steps/step-log.ts'
import { type ActionFile, readActionFile } from '../workflow/action-file.ts'
import { childOf, literalOf } from '../workflow/tokens.ts'
import { checkOut } from './checkout.ts'
import { runComposite } from './composite.ts'
import { runJavaScript } from './javascript.ts'

/** An action whose files are here. */
export interface FoundAction {
  readonly file: ActionFile
  readonly directory: string
  /** `owner/name` and the ref behind the `@`; empty for one of the workspace. */
  readonly repository: string
  readonly ref: string
}

/** Actions that only put a tool on the machine; here the machine has it, or the step fails. */
const SET_UPS: Readonly<Record<string, string>> = {
  'actions/setup-node': 'node',
  'actions/setup-python': 'python3',
  'docker/setup-buildx-action': 'docker',
  'docker/setup-docker-action': 'docker',
  'google-github-actions/setup-gcloud': 'gcloud',
  'hashicorp/setup-terraform': 'terraform',
}

/** A `uses` step: an action of the repository, or one that is emulated by what it does. */
export async function runUses(step: RunningStep): Promise<StepEnd> {
  const { scope, template, env, log } = step
  const uses = literalOf(childOf(template.token, 'uses')) ?? ''
  const inputs = evaluateTexts(childOf(template.token, 'with'), scope.toExpressions(env))
  log.group(
    `Run ${uses}`,
    Object.entries(inputs).map(([name, value]) => `  ${name}: ${value}`)
  )
  const { name, path } = readUses(uses)
  const action = await findAction(scope, uses)
  if (action) {
    const { runs } = action.file
    return runs.kind === 'composite'
      ? runComposite(step, { action, runs, inputs })
      : runJavaScript(step, { action, runs, inputs })
  }
  if (name === 'actions/checkout' && path === '') return checkOut(step, inputs)
  const tool = SET_UPS[name]
  if (tool === undefined)
    throw new Error(
      `Unable to resolve action ${uses}: the emulator downloads no actions. It has those of this repository, actions/checkout and ${Object.keys(SET_UPS).join(', ')}.`
    )
  return haveTool(tool, scope.session.machine, log)
}

/** Undefined for an action that is not in the repository. */
export async function findAction(scope: StepScope, uses: string): Promise<FoundAction | undefined> {
  const { session } = scope
  if (uses.startsWith('docker://')) throw new Error('Container actions are not emulated.')
  if (uses.startsWith('./')) return readAction(inWorkspace(scope, uses))
  if (uses === '$/') throw new Error("'$/' must be followed by the path of an action.")
  if (uses.startsWith('$/')) {
    // The commit of the workflow file, whether or not it was checked out.
    const copy = await session.actions.fetch(session.workflowSha)
    return readAction(join(copy, uses.slice(2)))
  }
  const { name, path, ref } = readUses(uses)
  const { repository } = scope.toExpressions().contexts['github'] as Variables
  if (name !== repository?.toLowerCase()) return undefined
  const copy = await session.actions.fetch(await session.actions.resolve(ref))
  return { ...(await readAction(join(copy, path))), repository: repository ?? '', ref }
}

async function readAction(directory: string): Promise<FoundAction> {
  return { file: await readActionFile(directory), directory, repository: '', ref: '' }
}

function readUses(uses: string): {
  readonly name: string
  readonly path: string
  readonly ref: string
} {
  const [whole = '', ref = ''] = uses.split('@')
  const [owner = '', repository = '', ...path] = whole.split('/')
  return { name: `${owner}/${repository}`.toLowerCase(), path: path.join('/'), ref }
}

async function haveTool(tool: string, machine: Variables, log: StepLog): Promise<StepEnd> {
  const folders = (machine['PATH'] ?? process.env['PATH'] ?? '').split(delimiter)
  for (const folder of folders) {
    const path = join(folder, tool)
    const isThere = await access(path).then(
      () => true,
      () => false
    )
    if (!isThere) continue
    log.say(`The emulator sets nothing up: this machine has ${path}.`)
    return { exitCode: 0, outputs: new Map() }
  }
  throw new Error(`The emulator sets nothing up, and this machine has no ${tool} on PATH.`)
}
