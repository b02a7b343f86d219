import { paste } from './gcloud.ts'
import type { Rest } from './rest.ts'

/**
 * Does what the lines would do that doctor prints about pools and providers; everything else is
 * done as for the checks of Google.
 */
export async function pasteAll(fix: string, rest: Rest): Promise<void> {
  for (const line of fix.split('\n')) {
    const words = splitWords(line)
    const isOurs = words.slice(0, 3).join(' ') === 'gcloud iam workload-identity-pools'
    await (isOurs ? changePools(words.slice(3), rest) : paste(line, rest))
  }
}

async function changePools(words: readonly string[], rest: Rest): Promise<void> {
  const flags = flagsOf(words)
  const [first = '', second = '', third = ''] = words
  const pools = `/iam/v1/projects/${flags.get('project')}/locations/${flags.get('location')}/workloadIdentityPools`
  if (first === 'update') {
    await rest.patch(`${pools}/${second}?updateMask=disabled`, { disabled: false })
    return
  }
  if (first !== 'providers') throw new Error(`Not a command that is known here: ${words.join(' ')}`)
  const provider = `${pools}/${flags.get('workload-identity-pool')}/providers/${third}`
  const verbs: Readonly<Record<string, () => Promise<unknown>>> = {
    describe: () => rest.get(provider),
    list: () => rest.get(provider.replace(/\/[^/]*$/, '')),
    undelete: () => rest.post(`${provider}:undelete`),
    'update-oidc': async () => {
      const changes = changesOf(flags, await rest.get(provider))
      await rest.patch(`${provider}?updateMask=${Object.keys(changes).join()}`, changes)
    },
  }
  const act = verbs[second]
  if (!act) throw new Error(`Not a command that is known here: ${words.join(' ')}`)
  await act()
}

function changesOf(flags: ReadonlyMap<string, string>, { oidc }: { oidc: object }): object {
  const known: Readonly<Record<string, (value: string) => object>> = {
    'attribute-condition': (attributeCondition) => ({ attributeCondition }),
    'attribute-mapping': (list) => ({
      attributeMapping: Object.fromEntries(list.split(',').map((entry) => entry.split(/=(.*)/, 2))),
    }),
    'issuer-uri': (issuerUri) => ({ oidc: { ...oidc, issuerUri } }),
    'allowed-audiences': (audience) => ({ oidc: { ...oidc, allowedAudiences: [audience] } }),
    'no-disabled': () => ({ disabled: false }),
  }
  const ofThePlace = new Set(['project', 'location', 'workload-identity-pool'])
  const changes = [...flags].flatMap(([name, value]) => {
    if (ofThePlace.has(name)) return []
    const change = known[name]
    if (!change) throw new Error(`There is no flag --${name}.`)
    return [change(value)]
  })
  return Object.assign({}, ...changes)
}

function flagsOf(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.flatMap((word) => {
      const [, name, value = ''] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
      return name === undefined ? [] : [[name, value] as const]
    })
  )
}

/** As a shell does, as far as quotes go. */
function splitWords(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single)
  )
}
