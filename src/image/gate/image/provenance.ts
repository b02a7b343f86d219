import { asRecord, asText, type JsonRecord, parseJson } from '../../../lib/json.ts'
import type { GatedFinding, Scanner } from '../findings.ts'
import { scanText } from './config-scan.ts'

const IN_PROVENANCE = 'provenance attestation'
const BUILD_ARG = 'build-arg:'

/**
 * Looks through the build arguments in the provenance that is pushed beside the image: there they
 * stand even where no step of the last stage knew them.
 */
export function scanProvenance(
  documents: Iterable<string>,
  scanner: Scanner
): readonly GatedFinding[] {
  return [...documents]
    .filter((text) => text.includes(BUILD_ARG))
    .map((text) => asRecord(parseJson(text)))
    .filter((statement) => /provenance/.test(asText(statement['predicateType'])))
    .flatMap((statement) => scanBuildArgs(asRecord(statement['predicate']), scanner))
}

function scanBuildArgs(predicate: JsonRecord, scanner: Scanner): readonly GatedFinding[] {
  const build = asRecord(predicate['buildDefinition'])
  const parameters = [
    asRecord(predicate['invocation'])['parameters'],
    asRecord(build['externalParameters'])['request'],
  ]
  return parameters
    .map((one) => asRecord(asRecord(one)['args']))
    .flatMap((args) => Object.entries(args))
    .filter(([name]) => name.startsWith(BUILD_ARG))
    .map(([name, value]) => ({ name: name.slice(BUILD_ARG.length), value: asText(value) }))
    .flatMap(({ name, value }) => scanText(scanner, `build argument ${name}`, `${name}=${value}`))
    .map((finding) => ({ ...finding, layer: IN_PROVENANCE }))
}
