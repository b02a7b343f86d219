import { describe, expect, it } from '@jest/globals'
import { judgeName } from '../../../../src/image/gate/file-names.ts'

describe('judgeName', () => {
  it.each([
    ['id_rsa', 'file-private-key'],
    ['.ssh/id_ed25519', 'file-private-key'],
    ['etc/ssh/ssh_host_ed25519_key', 'file-private-key'],
    ['certs/Client.P12', 'file-key-store'],
    ['app/release.keystore', 'file-key-store'],
    ['putty.ppk', 'file-key-store'],
    ['.env', 'file-dotenv'],
    ['apps/web/.env.production', 'file-dotenv'],
    ['.env.local', 'file-dotenv'],
    ['prod.env', 'file-dotenv'],
    ['.envrc', 'file-dotenv'],
    ['secret.py', 'file-secrets'],
    ['app/secrets.py', 'file-secrets'],
    ['config/secrets.json', 'file-secrets'],
    ['.env.test', 'file-dotenv'],
    ['credentials.json', 'file-secrets'],
    ['my_secret.py', 'file-secrets'],
    ['service_account.json', 'file-service-account'],
    ['keys/service-account-prod.json', 'file-service-account'],
    ['my-project-service-account-key.json', 'file-service-account'],
    ['gha-creds-0a1b2c3d4e5f6071.json', 'file-google-credentials'],
    ['application_default_credentials.json', 'file-google-credentials'],
    ['client_secret_123.apps.googleusercontent.com.json', 'file-google-credentials'],
    ['root/.config/gcloud/credentials.db', 'file-google-credentials'],
    ['terraform.tfstate', 'file-terraform-state'],
    ['infra/terraform.tfstate.backup', 'file-terraform-state'],
    ['prod.tfvars', 'file-terraform-variables'],
    ['x.auto.tfvars.json', 'file-terraform-variables'],
    ['.git-credentials', 'file-tool-credentials'],
    ['root/.netrc', 'file-tool-credentials'],
    ['.pgpass', 'file-tool-credentials'],
    ['.kube/config', 'file-tool-credentials'],
    ['kubeconfig', 'file-tool-credentials'],
    ['home/app/.aws/credentials', 'file-tool-credentials'],
    ['.htpasswd', 'file-tool-credentials'],
    ['terraform.rc', 'file-tool-credentials'],
    ['kis_devlp.yaml', 'file-kis-settings'],
  ])('objects to %s', (path, rule) => {
    expect(judgeName(path)).toMatchObject({ rule, line: 0 })
  })

  it.each([
    ...['.env.example', '.env.sample', '.env.template', '.env.dist', 'prod.env.example', 'env.py'],
    ...[
      'src/env.ts',
      'environment.ts',
      'id_rsa.pub',
      'certs/ca.pem',
      'certs/site.crt',
      'README.md',
    ],
    ...['secrets.py.example', 'src/secret.ts', 'src/secrets/index.ts', 'secret-manager.ts'],
    ...[
      'example.tfvars',
      'terraform.tfvars.example',
      'variables.tf',
      '.terraform.lock.hcl',
      'main.tf',
    ],
    ...['.npmrc', '.docker/config.json', 'client.ovpn', 'package.json', 'usa.json', 'visa.json'],
    ...['sandbox.json', 'accounts.json', '.envoy.yaml', 'charts/app/templates/secrets.yaml'],
    ...['usr/lib/python3.11/secrets.py', 'venv/lib/python3.12/site-packages/x/secrets.py'],
    ...[
      'tests/fixtures/secrets.json',
      'node_modules/a/test/client.p12',
      'google/auth/credentials.py',
    ],
    ...['src/services/service_account.ts', 'docs/credentials.md', 'passwords.ts', 'kubeconfig.go'],
  ])('is silent about %s', (path) => {
    expect(judgeName(path)).toBeUndefined()
  })
})
