import { execFileSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import {
  enablePool,
  enableProvider,
  listProviders,
  setCondition,
  setMapping,
  undeleteProvider,
} from '../../../../src/google/diagnosis/provider-remedies.ts'
import {
  addSecretVersion,
  createSecret,
  createStateBucket,
  disableConstraint,
  enableApi,
  enableApis,
  enableSecretVersion,
  grantOnBucket,
  grantOnRepository,
  grantOnSecret,
  grantOnServiceAccount,
  grantRole,
  grantServiceAgent,
  linkBilling,
  quotaPage,
  quote,
  updateBucket,
} from '../../../../src/google/diagnosis/remedies.ts'
import { PROVIDER } from './failures.ts'

const GRANT = { project: 'p', member: 'serviceAccount:d@p.iam.gserviceaccount.com' }
const WHO = '--member=serviceAccount:d@p.iam.gserviceaccount.com'
const POOL = 'workload-identity-pool=github --location=global --project=123456789012'

describe('a remedy', () => {
  it.each([
    [enableApi('compute', 'p'), 'services enable compute.googleapis.com --project=p'],
    [
      enableApis(['sts', 'iam.googleapis.com'], 'p'),
      'services enable sts.googleapis.com iam.googleapis.com --project=p',
    ],
    [
      grantRole('roles/x', GRANT),
      `projects add-iam-policy-binding p ${WHO} --role=roles/x --condition=None`,
    ],
    [
      grantOnServiceAccount('roles/x', { ...GRANT, serviceAccount: 'a@b' }),
      `iam service-accounts add-iam-policy-binding a@b --project=p ${WHO} --role=roles/x`,
    ],
    [
      grantOnBucket('roles/x', { ...GRANT, bucket: 'b' }),
      `storage buckets add-iam-policy-binding gs://b ${WHO} --role=roles/x`,
    ],
    [
      grantOnRepository('roles/x', { ...GRANT, repository: 'r', location: 'l' }),
      `artifacts repositories add-iam-policy-binding r --location=l --project=p ${WHO} --role=roles/x`,
    ],
    [
      grantOnSecret('roles/x', { ...GRANT, secret: 's' }),
      `secrets add-iam-policy-binding s --project=p ${WHO} --role=roles/x`,
    ],
    [
      createStateBucket({ bucket: 'b', location: 'l', project: 'p' }),
      'storage buckets create gs://b --project=p --location=l --uniform-bucket-level-access --public-access-prevention && gcloud storage buckets update gs://b --versioning',
    ],
    [updateBucket('b', ['--versioning']), 'storage buckets update gs://b --versioning'],
    [createSecret('s', 'p'), 'secrets create s --project=p --replication-policy=automatic'],
    [
      addSecretVersion('s', 'p'),
      'secrets versions add s --project=p --data-file=FILE_WITH_THE_VALUE',
    ],
    [
      enableSecretVersion('3', { secret: 's', project: 'p' }),
      'secrets versions enable 3 --secret=s --project=p',
    ],
    [linkBilling('p'), 'billing projects link p --billing-account=BILLING_ACCOUNT_ID'],
    [
      disableConstraint('constraints/compute.requireOsLogin', 'p'),
      'resource-manager org-policies disable-enforce compute.requireOsLogin --project=p',
    ],
    [
      grantServiceAgent('p', '7'),
      'projects add-iam-policy-binding p --member="serviceAccount:7@cloudservices.gserviceaccount.com" --role=roles/compute.instanceGroupManagerServiceAgent --condition=None',
    ],
    [
      setCondition(PROVIDER, "assertion.repository_id == '1'"),
      `iam workload-identity-pools providers update-oidc main --${POOL} --attribute-condition="assertion.repository_id == '1'"`,
    ],
    [
      setMapping(PROVIDER, { 'google.subject': "assertion.ref in ['a', 'b'] ? 'x' : 'y'", a: 'b' }),
      `iam workload-identity-pools providers update-oidc main --${POOL} --attribute-mapping="^;^google.subject=assertion.ref in ['a', 'b'] ? 'x' : 'y';a=b"`,
    ],
    [
      enableProvider(PROVIDER),
      `iam workload-identity-pools providers update-oidc main --${POOL} --no-disabled`,
    ],
    [undeleteProvider(PROVIDER), `iam workload-identity-pools providers undelete main --${POOL}`],
    [listProviders(PROVIDER), `iam workload-identity-pools providers list --${POOL}`],
    [
      enablePool(PROVIDER),
      'iam workload-identity-pools update github --no-disabled --location=global --project=123456789012',
    ],
  ])('%s', (remedy, expected) => {
    expect(remedy).toBe(`gcloud ${expected}`)
  })

  it('is a page where no command does it', () => {
    expect(quotaPage('a b')).toBe('https://console.cloud.google.com/iam-admin/quotas?project=a%20b')
  })
})

describe('quote', () => {
  it.each([
    'plain-word_1.2@x:/+=%,',
    '',
    'two words',
    "it's",
    "a == 'b' && c == 'd'",
    `both ' and "`,
    "'$(id)`id`",
    '$HOME',
    '"; id #',
    "'\n'",
    "'\\'",
    "'!'",
    '*',
    '~',
  ])('makes %j one word that a shell reads as it is', (word) => {
    const output = execFileSync('/bin/sh', ['-c', `printf '<%s>' ${quote(word)}`])
    expect(output.toString()).toBe(`<${word}>`)
  })
})
