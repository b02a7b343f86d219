import { asList, asRecord, asText, type JsonRecord } from '../../../lib/json.ts'
import type { GatedFinding, Scanner } from '../findings.ts'
import { renderStep, type Step } from './history.ts'

/** Where a finding stands that stands in no layer. */
const IN_CONFIG = 'image config'
const IN_HISTORY = 'image history'

/** A piece of the config, and where it came from. */
interface Setting {
  readonly path: string
  readonly instruction: string
  /** Of a variable or label. */
  readonly name: string | undefined
  readonly text: string
}

export interface ConfigHistory {
  readonly base: readonly Step[]
  readonly own: readonly Step[]
}

/**
 * Looks through what the image's config says of the steps above its base. What is the base's is
 * told by the history, in which every builder notes who set what.
 */
export function scanConfig(
  config: JsonRecord,
  history: ConfigHistory,
  scanner: Scanner
): readonly GatedFinding[] {
  const settings = listSettings(asRecord(config['config']))
    .filter((setting) => isOwn(setting, history))
    .flatMap((setting) => {
      const found = scanText(scanner, setting.path, setting.text)
      return found.map((finding) => ({ ...finding, instruction: setting.instruction }))
    })
  const steps = history.own.flatMap((step) => scanStep(step, scanner))
  // A setting stands in the history as well; it is told once, by its name.
  const more = steps.filter(
    (step) =>
      !settings.some(
        ({ instruction, rule }) => step.instruction === instruction && step.rule === rule
      )
  )
  return [...settings, ...more].map(({ instruction: _, ...finding }) => finding)
}

function listSettings(config: JsonRecord): readonly Setting[] {
  const lists = { ENTRYPOINT: config['Entrypoint'], CMD: config['Cmd'], ONBUILD: config['OnBuild'] }
  const commands = { ...lists, HEALTHCHECK: asRecord(config['Healthcheck'])['Test'] }
  return [
    ...asList(config['Env']).map((line) => toSetting('ENV', asText(line))),
    ...Object.entries(asRecord(config['Labels'])).map(([name, value]) =>
      toSetting('LABEL', `${name}=${asText(value)}`)
    ),
    ...Object.entries(commands).map(([instruction, words]) => ({
      path: instruction,
      instruction,
      name: undefined,
      text: asList(words).map(asText).join(' '),
    })),
  ]
}

function toSetting(instruction: string, text: string): Setting {
  const name = text.split('=')[0] ?? ''
  return { path: `${instruction} ${name}`, instruction, name, text }
}

function isOwn(setting: Setting, { base, own }: ConfigHistory): boolean {
  if (base.length === 0 || mentions(own, setting)) return true
  // A label may come by an option of the build, of which the history says nothing.
  return setting.instruction === 'LABEL' && !mentions(base, setting)
}

function mentions(steps: readonly Step[], { instruction, name }: Setting): boolean {
  return steps.some((step) => {
    if (step.instruction !== instruction) return false
    return name === undefined || ` ${step.rest}`.replaceAll('"', '').includes(` ${name}=`)
  })
}

type StepFinding = GatedFinding & { readonly instruction: string }

function scanStep(step: Step, scanner: Scanner): readonly StepFinding[] {
  const { instruction, rest, buildArgs } = step
  const command = scanText(scanner, `history: ${renderStep(step, true)}`, rest)
  const values = buildArgs.flatMap((text) => {
    return scanText(scanner, `build argument ${text.split('=')[0]}`, text)
  })
  return [...values, ...command].map((finding) => ({ ...finding, layer: IN_HISTORY, instruction }))
}

/** Looks through one text that is no file, and so has no lines. */
export function scanText(scanner: Scanner, path: string, text: string): readonly GatedFinding[] {
  if (text === '') return []
  return scanner
    .scan(path, Buffer.from(text))
    .map((finding) => ({ ...finding, line: 0, path, layer: IN_CONFIG }))
}
