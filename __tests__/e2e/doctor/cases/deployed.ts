import { BUCKET, PROJECT_PATH, REPOSITORY_PATH, VM_ACCOUNT } from '../clinic.ts'
import { type Case, MEMBER } from './case.ts'

const SECRET = '/secretmanager/v1/projects/mervis-demo/secrets/api-key'
const READER = {
  role: 'roles/secretmanager.secretAccessor',
  member: `serviceAccount:${VM_ACCOUNT}`,
}
const ON_REPOSITORY = 'mervis --location=europe-west1 --project=mervis-demo'
const LONG_AGO_MS = 2 * 60 * 60 * 1000

/** What can go wrong in a project where the service runs already. */
export const DEPLOYED_CASES: readonly Case[] = [
  {
    id: 'act-as',
    when: "the job may not act as the VMs' account",
    breaks: ({ rest }) => rest.revoke(PROJECT_PATH, 'roles/iam.serviceAccountUser', MEMBER),
    kind: 'error',
    said: /may not act as mervis-machine@\S+: every rollout is refused/,
    fix: `gcloud iam service-accounts add-iam-policy-binding ${VM_ACCOUNT} --project=mervis-demo --member=${MEMBER} --role=roles/iam.serviceAccountUser`,
  },
  {
    id: 'permissions-network',
    when: 'the job only rolls releases',
    breaks: ({ rest }) => rest.revoke(PROJECT_PATH, 'roles/compute.networkAdmin', MEMBER),
    kind: 'warning',
    said: /The next change of the infrastructure fails/,
    fix: ['roles/compute.networkAdmin', 'roles/compute.securityAdmin']
      .map(
        (role) =>
          `gcloud projects add-iam-policy-binding mervis-demo --member=${MEMBER} --role=${role} --condition=None`
      )
      .join('\n'),
  },
  {
    id: 'registry',
    when: 'the repository of that name is for something else',
    inputs: { name: 'maven' },
    breaks: ({ rest }) => rest.post(`${REPOSITORY_PATH}?repositoryId=maven`, { format: 'MAVEN' }),
    kind: 'error',
    said: /^maven is a repository for MAVEN/,
    fix: 'name: maven-service',
    also: 'many',
  },
  {
    id: 'registry-tags',
    when: 'they are immutable',
    breaks: ({ rest }) =>
      rest.patch(`${REPOSITORY_PATH}/mervis`, { dockerConfig: { immutableTags: true } }),
    kind: 'error',
    said: /no release pruned/,
    fix: 'gcloud artifacts repositories update mervis --no-immutable-tags --location=europe-west1 --project=mervis-demo',
  },
  {
    id: 'registry-cleanup',
    when: 'it is a dry run',
    breaks: ({ rest }) => rest.patch(`${REPOSITORY_PATH}/mervis`, { cleanupPolicyDryRun: true }),
    kind: 'warning',
    said: /kept, and paid for, for ever/,
    fix: 'gcloud artifacts repositories update mervis --no-cleanup-policy-dry-run --location=europe-west1 --project=mervis-demo',
  },
  {
    id: 'registry-push',
    when: 'the job may only read',
    breaks: async ({ rest }) => {
      await rest.revoke(PROJECT_PATH, 'roles/artifactregistry.admin', MEMBER)
      await rest.grant(PROJECT_PATH, { role: 'roles/artifactregistry.reader', member: MEMBER })
    },
    kind: 'error',
    said: /lacks artifactregistry\.repositories\.uploadArtifacts, .* on mervis\.$/,
    fix: `gcloud artifacts repositories add-iam-policy-binding ${ON_REPOSITORY} --member=${MEMBER} --role=roles/artifactregistry.repoAdmin`,
    also: ['permissions-registry'],
  },
  {
    id: 'zones',
    when: 'one is down, and to leave it out would make the group anew',
    breaks: ({ rest }) => rest.post('/emulator/zone', { zone: 'europe-west1-b', up: false }),
    kind: 'warning',
    said: /^Down: europe-west1-b; the VMs go to the others/,
    fix: 'gcloud compute zones list --project=mervis-demo --filter=region:europe-west1',
    helps: ({ rest }) => rest.post('/emulator/zone', { zone: 'europe-west1-b', up: true }),
  },
  {
    id: 'secret-API_KEY',
    when: 'there is no such secret',
    inputs: { secrets: 'API_KEY=other' },
    kind: 'error',
    said: /^There is no secret other in mervis-demo/,
    fix: 'gcloud secrets create other --project=mervis-demo --replication-policy=automatic && gcloud secrets versions add other --project=mervis-demo --data-file=FILE_WITH_THE_VALUE',
    also: ['secret-reader-API_KEY'],
  },
  {
    id: 'secret-API_KEY',
    when: 'it has no such version',
    inputs: { secrets: 'API_KEY=api-key:2' },
    kind: 'error',
    said: /^The secret api-key has no version 2/,
    fix: 'gcloud secrets versions add api-key --project=mervis-demo --data-file=FILE_WITH_THE_VALUE',
    also: ['secret-reader-API_KEY'],
  },
  {
    id: 'secret-API_KEY',
    when: 'its version is disabled',
    inputs: { secrets: 'API_KEY=api-key:1' },
    breaks: ({ rest }) => rest.post(`${SECRET}/versions/1:disable`),
    kind: 'error',
    said: /^Version 1 of api-key is DISABLED/,
    fix: 'gcloud secrets versions enable 1 --secret=api-key --project=mervis-demo',
    also: ['secret-reader-API_KEY'],
  },
  {
    id: 'secret-reader-API_KEY',
    when: 'somebody took the right away',
    breaks: ({ rest }) => rest.revoke(SECRET, READER.role, READER.member),
    kind: 'error',
    said: /mervis-machine@\S+ may not read api-key: no VM gets past its boot/,
    fix: `gcloud secrets add-iam-policy-binding api-key --project=mervis-demo --member=${READER.member} --role=${READER.role}`,
  },
  {
    id: 'secret-API_KEY',
    when: 'terraform makes it, and nobody has given it a value',
    inputs: { secrets: 'API_KEY=made', terraform_variables: 'create_secrets=["made"]' },
    // The apply, which comes before it can be given one.
    breaks: async () => {},
    kind: 'warning',
    said: /^Terraform makes made, without a value/,
    fix: 'gcloud secrets versions add made --project=mervis-demo --data-file=FILE_WITH_THE_VALUE',
    helps: ({ rest }) =>
      rest.post('/secretmanager/v1/projects/mervis-demo/secrets?secretId=made', {
        replication: { automatic: {} },
      }),
  },
  {
    id: 'secret-writer-API_KEY',
    when: 'the job brings a value that it may not write',
    inputs: { secret_values: 'API_KEY=a new value' },
    breaks: async ({ rest }) => {
      await rest.revoke(PROJECT_PATH, 'roles/secretmanager.admin', MEMBER)
      await rest.grant(PROJECT_PATH, { role: 'roles/secretmanager.viewer', member: MEMBER })
    },
    kind: 'error',
    said: /lacks secretmanager\.versions\.access, secretmanager\.versions\.add, secretmanager\.versions\.disable on api-key/,
    fix: [READER.role, 'roles/secretmanager.secretVersionManager']
      .map(
        (role) =>
          `gcloud secrets add-iam-policy-binding api-key --project=mervis-demo --member=${MEMBER} --role=${role}`
      )
      .join('\n'),
    also: ['permissions-secrets'],
  },
  {
    id: 'terraform-state',
    when: 'it is damaged',
    breaks: ({ rest }) => rest.upload(BUCKET, 'mervis/default.tfstate', 'oops'),
    kind: 'error',
    said: /gs:\/\/mervis-demo-tfstate\/mervis\/default\.tfstate is no state of Terraform/,
    fix: [
      `gcloud storage ls --all-versions gs://${BUCKET}/mervis/default.tfstate`,
      `gcloud storage cp gs://${BUCKET}/mervis/default.tfstate#GENERATION gs://${BUCKET}/mervis/default.tfstate`,
    ].join('\n'),
    also: ['group'],
  },
  {
    id: 'terraform-lock',
    when: 'somebody holds it',
    breaks: ({ rest }) =>
      rest.upload(
        BUCKET,
        'mervis/default.tflock',
        JSON.stringify({ Who: 'runner@fv-az1', Operation: 'OperationTypeApply' })
      ),
    kind: 'warning',
    said: /^runner@fv-az1 holds it for .* \(OperationTypeApply\)/,
    fix: `gcloud storage rm gs://${BUCKET}/mervis/default.tflock`,
  },
  {
    id: 'ledger',
    when: 'it is damaged',
    breaks: async ({ rest }) => {
      await rest.upload(BUCKET, 'mervis/releases.json', '{"version": 1, "entries": []}')
      await rest.upload(BUCKET, 'mervis/releases.json', 'oops')
    },
    kind: 'error',
    said: /The ledger gs:\S+ is damaged/,
    fix: [
      `gcloud storage ls --all-versions gs://${BUCKET}/mervis/releases.json`,
      `gcloud storage cp gs://${BUCKET}/mervis/releases.json#GENERATION gs://${BUCKET}/mervis/releases.json`,
    ].join('\n'),
  },
  {
    id: 'deploy-lock',
    when: 'a run that died left it',
    breaks: async ({ rest, harness }) => {
      const lock = {
        holder: 'x',
        run_url: 'https://github.com/mervis/mervis/runs/7',
        actor: 'octocat',
      }
      await rest.upload(BUCKET, 'mervis/deploy.lock', JSON.stringify(lock))
      harness.emulator.cloud.store.backdate(BUCKET, 'mervis/deploy.lock', LONG_AGO_MS)
    },
    kind: 'warning',
    said: /runs\/7 \(started by octocat\) left it .* ago/,
    fix: `gcloud storage rm gs://${BUCKET}/mervis/deploy.lock`,
  },
  {
    id: 'group',
    when: 'a group of that name is somebody else’s',
    inputs: { name: 'legacy' },
    breaks: (clinic) => clinic.makeGroup('legacy'),
    kind: 'error',
    said: /There is a group legacy in europe-west1 of mervis-demo that the state does not know/,
    fix: 'name: legacy-2',
    also: 'many',
  },
]
