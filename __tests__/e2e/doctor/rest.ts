import { call, type Harness, OWNER } from '../../emulator/harness.ts'

interface Policy {
  readonly bindings?: readonly { readonly role: string; readonly members: readonly string[] }[]
}

/** The project's owner, asking Google by REST. Whatever Google refuses fails the test. */
export class Rest {
  readonly #harness: Harness
  readonly #token: string

  constructor(harness: Harness) {
    this.#harness = harness
    this.#token = harness.emulator.accessToken(OWNER)
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, and a wrong guess fails the test
  async #ask(method: string, path: string, body?: unknown): Promise<any> {
    const { url } = this.#harness.emulator
    const answer = await call(`${url}${path}`, {
      method,
      token: this.#token,
      ...(body !== undefined && { body }),
    })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`)
    return answer.json
  }

  get = (path: string) => this.#ask('GET', path)
  post = (path: string, body: unknown = {}) => this.#ask('POST', path, body)
  put = (path: string, body: unknown) => this.#ask('PUT', path, body)
  patch = (path: string, body: unknown) => this.#ask('PATCH', path, body)
  delete = (path: string) => this.#ask('DELETE', path)

  /** As `add-iam-policy-binding` does it: reads the policy, adds, writes it back. */
  async grant(resource: string, flags: Readonly<Record<string, string>>): Promise<void> {
    const policy = await this.post(`${resource}:getIamPolicy`)
    await this.post(`${resource}:setIamPolicy`, { policy: this.withBinding(policy, flags) })
  }

  withBinding(
    policy: Policy,
    { role = '', member = '' }: Readonly<Record<string, string>>
  ): Policy {
    return { ...policy, bindings: [...(policy.bindings ?? []), { role, members: [member] }] }
  }

  /** Takes a role of the project away from a member. */
  async revoke(resource: string, role: string, member: string): Promise<void> {
    const policy = await this.post(`${resource}:getIamPolicy`)
    await this.post(`${resource}:setIamPolicy`, { policy: without(policy, role, member) })
  }

  async revokeOnBucket(bucket: string, role: string, member: string): Promise<void> {
    const path = `/storage/v1/b/${bucket}/iam`
    await this.put(path, without(await this.get(path), role, member))
  }

  /** Writes an object. */
  async upload(bucket: string, name: string, text: string): Promise<void> {
    const query = `uploadType=media&name=${encodeURIComponent(name)}`
    await this.post(`/upload/storage/v1/b/${bucket}/o?${query}`, text)
  }

  /** The generation before the live one takes its place again. */
  async putBack(url: string): Promise<void> {
    const [bucket = '', ...parts] = url.replace('gs://', '').split('/')
    const name = parts.join('/')
    const { items } = await this.get(`/storage/v1/b/${bucket}/o?versions=true&prefix=${name}`)
    const path = `/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`
    const earlier = items.at(-2)?.generation
    const text = await call(
      `${this.#harness.emulator.url}${path}?alt=media&generation=${earlier}`,
      {
        token: this.#token,
      }
    )
    await this.upload(bucket, name, text.text)
  }
}

function without(policy: Policy, role: string, member: string): Policy {
  const bindings = (policy.bindings ?? []).map((binding) =>
    binding.role === role
      ? { ...binding, members: binding.members.filter((one) => one !== member) }
      : binding
  )
  return { ...policy, bindings: bindings.filter(({ members }) => members.length > 0) }
}
