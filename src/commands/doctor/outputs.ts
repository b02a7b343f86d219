import type { Examined } from './examine.ts'

/** The output `checks`: one record for each check, with the same fields whatever it found. */
export function renderDoctorOutputs(examined: readonly Examined[]): ReadonlyMap<string, string> {
  const checks = examined.map(({ check: { id, subject, title }, finding }) => ({
    id,
    subject,
    title,
    kind: finding.kind,
    severity: finding.kind === 'fix' ? finding.severity : '',
    said: finding.said,
    fix: finding.kind === 'ok' ? '' : (finding.fix ?? ''),
  }))
  return new Map([['checks', JSON.stringify(checks)]])
}
