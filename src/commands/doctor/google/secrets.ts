import {
  addSecretVersion,
  createSecret,
  enableSecretVersion,
  grantOnSecret,
} from '../../../google/diagnosis/remedies.ts'
import { SecretManager } from '../../../google/secret-manager.ts'
import type { SecretReference } from '../../../inputs.ts'
import { asText } from '../../../lib/json.ts'
import { secretsOfTerraform } from '../../../secrets/wanted.ts'
import { readStateFile } from '../../../terraform/recorded/state-file.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../check.ts'
import { behindApi } from './access/behind-api.ts'
import { listed } from './access/permissions.ts'
import { AFTER_PROJECT, type CheckContext } from './context.ts'
import { find, test } from './readings/asking.ts'
import { type Binding, readBindings } from './readings/readings.ts'

const SUBJECT = 'Secrets'
const READER_ROLE = 'roles/secretmanager.secretAccessor'

/** For each variable that is a secret: its version, whether the VMs may read it, the job write it. */
export function secretChecks(context: CheckContext): readonly Check[] {
  const { secrets, secretValues } = context.config
  const checks = [...secrets].flatMap(([variable, reference]) => {
    const check = (kind: string, title: string, look: () => Promise<Finding>): Check => ({
      id: `${kind}-${variable}`,
      subject: SUBJECT,
      title,
      after: kind === 'secret' ? AFTER_PROJECT : [`secret-${variable}`],
      look,
    })
    const written = secretValues.has(variable)
    return [
      check('secret', `${variable} has a value`, () =>
        written ? lookAtWritten(reference, context) : lookAtVersion(reference, context)
      ),
      check('secret-reader', `The VMs may read ${variable}`, () =>
        lookAtReader(reference, context)
      ),
      ...(written
        ? [
            check('secret-writer', `The job may write ${variable}`, () =>
              lookAtWriter(placeOf(reference, context.config.projectId), context)
            ),
          ]
        : []),
    ]
  })
  return behindApi('secretmanager', context, checks)
}

/** A secret, wherever it lies. */
interface Place {
  readonly project: string
  readonly secret: string
}

function placeOf({ secret }: SecretReference, projectId: string): Place {
  const [, project = projectId, id = secret] =
    /^projects\/([^/]+)\/secrets\/(.+)$/.exec(secret) ?? []
  return { project, secret: id }
}

function pathOf({ project, secret }: Place): string {
  return `projects/${project}/secrets/${secret}`
}

async function lookAtVersion(
  reference: SecretReference,
  { ports, config }: CheckContext
): Promise<Finding> {
  const place = placeOf(reference, config.projectId)
  const { project, secret } = place
  const { version } = reference
  const found = await find(ports.google, {
    service: 'secretmanager',
    path: `${pathOf(place)}/versions/${version}`,
    purpose: `find version ${version} of secret ${secret}`,
  })
  if (found === undefined) return explainNone(place, version, { ports, config })
  const number = asText(found['name']).replace(/^.*\//, '')
  const state = asText(found['state'])
  if (state === 'ENABLED') return ok(`Version ${number} of ${secret}.`)
  // As a release takes it: the newest that can be read, which Google's own alias is not.
  const manager = new SecretManager(ports.google, project)
  const [readable] = (version === 'latest' && (await manager.listEnabled(secret))) || []
  if (readable !== undefined)
    return ok(`Version ${readable.number} of ${secret}; ${number}, the newest, is ${state}.`)
  const said = `Version ${number} of ${secret} is ${state}: no VM could read it.`
  const fix =
    state === 'DISABLED'
      ? enableSecretVersion(number, { secret, project })
      : addSecretVersion(secret, project)
  return broken(said, fix)
}

/** Why there is no such version: no secret, no value, or another number. */
async function explainNone(
  place: Place,
  version: string,
  { ports, config }: Pick<CheckContext, 'ports' | 'config'>
): Promise<Finding> {
  const { project, secret } = place
  const add = addSecretVersion(secret, project)
  if (await isThere(place, ports))
    return broken(`The secret ${secret} has no version ${version}.`, add)
  // Made by hand it would stop the apply that makes it.
  if (secretsOfTerraform(config).has(secret)) {
    return doubtful(
      `Terraform makes ${secret}, without a value: no release before it has one.`,
      add
    )
  }
  const said = `There is no secret ${secret} in ${project}.`
  return broken(said, `${createSecret(secret, project)} && ${add}`)
}

async function isThere(place: Place, { google }: CheckContext['ports']): Promise<boolean> {
  const purpose = `read the secret ${place.secret}`
  return (
    (await find(google, { service: 'secretmanager', path: pathOf(place), purpose })) !== undefined
  )
}

/** Of a value that the job brings along, the next deploy makes a version where none is the same. */
async function lookAtWritten(
  reference: SecretReference,
  { ports, config }: CheckContext
): Promise<Finding> {
  const place = placeOf(reference, config.projectId)
  const words = (await isThere(place, ports)) ? 'gets its value' : 'is made, with its value,'
  return ok(`${place.secret} ${words} by the next deploy.`)
}

/** A value is compared before it is written, and earlier ones are disabled. */
const WRITER_PERMISSIONS = ['access', 'add', 'disable'].map(
  (verb) => `secretmanager.versions.${verb}`
)

async function lookAtWriter(place: Place, { ports, readings }: CheckContext): Promise<Finding> {
  const { google, member } = ports
  const { project, secret } = place
  const purpose = `test the permissions on the secret ${secret}`
  const question = { service: 'secretmanager', path: pathOf(place), purpose } as const
  const held = await test(google, question, WRITER_PERMISSIONS)
  if (held === undefined) {
    if ((await readings.held()).has('secretmanager.secrets.create'))
      return ok('It may make the secret.')
    return broken(
      `There is no secret ${secret}, and ${member} may not make it.`,
      createSecret(secret, project)
    )
  }
  const missing = WRITER_PERMISSIONS.filter((permission) => !held.has(permission))
  if (missing.length === 0) return ok(`All ${WRITER_PERMISSIONS.length} permissions.`)
  const fix = [READER_ROLE, 'roles/secretmanager.secretVersionManager']
    .map((role) => grantOnSecret(role, { secret, project, member }))
    .join('\n')
  return broken(`${member} lacks ${listed(missing)} on ${secret}.`, fix)
}

async function lookAtReader(
  reference: SecretReference,
  { ports, config, readings }: CheckContext
): Promise<Finding> {
  const place = placeOf(reference, config.projectId)
  const { project, secret } = place
  const email = (await readings.names())?.vmServiceAccount
  if (email === undefined) return unknown('Which account the VMs have, only the first apply says.')
  const answer = await ports.google.request({
    service: 'secretmanager',
    method: 'GET',
    path: `${pathOf(place)}:getIamPolicy`,
    purpose: `read who may read the secret ${secret}`,
    // One that the next deploy makes.
    accept: [404],
  })
  const member = `serviceAccount:${email}`
  if (holdsReader(readBindings(answer.json), member)) return ok(member)
  // Terraform grants it, of a secret that came later, too.
  if (!(await readings.isBuilt())) return ok(`The first deploy lets ${member} in.`)
  const isBundled = config.terraformDirectory === undefined
  if (isBundled && !(await wasGranted(place, { ports, config })))
    return ok(`The next deploy lets ${member} in.`)
  // Your own Terraform may grant it for all secrets at once.
  if (project === config.projectId && holdsReader(await readings.projectPolicy(), member))
    return ok(`${member}, by the policy of the project.`)
  const fix = grantOnSecret(READER_ROLE, { secret, project, member })
  return broken(`${member} may not read ${secret}: no VM gets past its boot.`, fix)
}

/** Whether the last apply has let anybody in to it. */
async function wasGranted(
  { project, secret }: Place,
  { ports, config }: Pick<CheckContext, 'ports' | 'config'>
): Promise<boolean> {
  const state = await readStateFile(ports.store, config.name)
  return (state?.resources ?? []).some(
    ({ type, attributes }) =>
      type === 'google_secret_manager_secret_iam_member' &&
      asText(attributes['project']) === project &&
      asText(attributes['secret_id']).split('/').at(-1) === secret
  )
}

function holdsReader(bindings: readonly Binding[], member: string): boolean {
  const roles = [READER_ROLE, 'roles/secretmanager.admin', 'roles/owner']
  return bindings.some(({ role, members }) => roles.includes(role) && members.includes(member))
}
