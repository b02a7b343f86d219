import type { SecretFinding } from './content-scan.ts'

interface NameRule {
  readonly rule: string
  readonly title: string
  /** On the path from the root, with its last segment, in lower case. */
  readonly pattern: RegExp
}

/** Files that show which settings there are: committed on purpose. */
const EXAMPLE = /(^|[-._])(example|examples|sample|samples|template|tmpl|tpl|dist|schema)([-._]|$)/

// What others wrote (Python's own `secrets.py`, a library's `credentials.json`) and test data is judged
// by its contents alone: there the name is that of a module or of a test.
const ELSEWHERE =
  /(^|\/)(node_modules|site-packages|dist-packages|lib\/python[\d.]+|__tests__|__fixtures__|fixtures?|test[-_]?data|examples?|samples?)\//

/**
 * Files whose name says that they hold a secret, whatever they hold today: an empty `.env` in a
 * context is filled tomorrow. Names that only may hold one (`*.pem`, `*.crt`, `.npmrc`, `config.json`,
 * `*.ovpn`) are left to the content rules, so that a certificate or a registry address does not alarm.
 */
const NAME_RULES: readonly NameRule[] = [
  {
    rule: 'file-private-key',
    title: 'Private key file',
    pattern: /(^|\/)(id_(rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk)|ssh_host_[a-z0-9]+_key)$/,
  },
  {
    rule: 'file-key-store',
    title: 'Key store',
    pattern: /\.(p12|pfx|jks|keystore|bcfks|kdbx?|ppk|agekey)$/,
  },
  {
    rule: 'file-dotenv',
    title: 'Environment file',
    pattern: /(^|\/)(\.env(\.[\w.-]+)?|[\w-]+\.env|\.envrc)$/,
  },
  {
    rule: 'file-secrets',
    title: 'File of secrets',
    pattern:
      /(^|\/)(my_?)?(secrets?\.(py|json|toml|ini|properties|txt)|credentials?\.(json|txt|ini)|passwords?\.txt|api_?keys?\.(json|txt))$/,
  },
  {
    rule: 'file-service-account',
    title: 'Google service account key file',
    pattern:
      /(^|\/)([\w.-]*[-_])?(service[-_]?account|sa)([-_]?(key|credentials?))?([-_][\w.-]+)?\.json$/,
  },
  {
    rule: 'file-google-credentials',
    title: 'Google credentials file',
    pattern:
      /(^|\/)(gha-creds-[\w-]+\.json|application_default_credentials\.json|client_secrets?([-_][\w.-]+)?\.json|\.config\/gcloud\/.+)$/,
  },
  {
    rule: 'file-terraform-state',
    title: 'Terraform state',
    pattern: /\.tfstate(\.[\w.-]+)?$|(^|\/)terraform\.tfstate\.d\//,
  },
  { rule: 'file-terraform-variables', title: 'Terraform variables', pattern: /\.tfvars(\.json)?$/ },
  {
    rule: 'file-tool-credentials',
    title: 'Credentials file of a tool',
    pattern:
      /(^|\/)(\.git-credentials|\.netrc|_netrc|\.pgpass|pgpass\.conf|\.my\.cnf|\.pypirc|\.terraformrc|terraform\.rc|credentials\.tfrc\.json|\.htpasswd|\.s3cfg|\.boto|\.vault-token|\.kube\/config|kubeconfig(\.ya?ml)?|\.aws\/credentials|\.cargo\/credentials(\.toml)?|\.gem\/credentials|\.config\/gh\/hosts\.yml|\.azure\/(accesstokens|msal_token_cache)\.json)$/,
  },
  { rule: 'file-kis-settings', title: 'KIS Open API settings', pattern: /(^|\/)kis_devlp\.ya?ml$/ },
]

/** What is wrong with the name alone, if anything; the way out is the allow list. */
export function judgeName(path: string): SecretFinding | undefined {
  const lower = path.toLowerCase()
  const name = lower.slice(lower.lastIndexOf('/') + 1)
  if (EXAMPLE.test(name) || ELSEWHERE.test(lower)) return undefined
  const found = NAME_RULES.find(({ pattern }) => pattern.test(lower))
  return found === undefined ? undefined : { rule: found.rule, title: found.title, line: 0 }
}
