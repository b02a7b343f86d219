import type { SecretFinding } from '../../../../src/image/gate/content-scan.ts'
import type { Allowances, Scanner } from '../../../../src/image/gate/findings.ts'

/** A scanner of one rule: a line with `planted` in it, or a file of that name, is a secret. */
export const plantedScanner: Scanner = {
  judgeName: (path) =>
    /(?:^|\/)planted[^/]*$/.test(path) ? finding('planted-name', 0) : undefined,
  scan: (path, bytes) => {
    const scan = plantedScanner.start(path)
    scan.write(bytes)
    return scan.end()
  },
  start: () => {
    const pieces: Buffer[] = []
    return {
      write: (bytes) => {
        pieces.push(Buffer.from(bytes))
      },
      end: () =>
        Buffer.concat(pieces)
          .toString()
          .split('\n')
          .flatMap((line, index) =>
            line.includes('planted') ? [finding('planted-text', index + 1)] : []
          ),
    }
  },
}

function finding(rule: string, line: number): SecretFinding {
  return { rule, title: 'Planted', line }
}

export const allowNothing: Allowances = { allows: () => false }
