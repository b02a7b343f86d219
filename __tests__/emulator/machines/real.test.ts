import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Machine, MachineFactory, MachineSpec } from '../../../emulator/machines/machine.ts'
import { createRealMachines } from '../../../emulator/machines/real/machines.ts'
import { aMachineSpec, eventually, FakeCloud, Statuses } from './cloud.ts'

let cloud: FakeCloud
let directory: string
let machines: MachineFactory

/** A directory with a `docker` that only notes what it was asked, and then does as told. */
function fakeDocker(then = 'exit 0'): string {
  const path = join(directory, 'docker')
  const note = `echo "$DOCKER_HOST $*" >> ${directory}/docker-calls`
  writeFileSync(path, `#!/bin/bash\n${note}\n${then}\n`)
  chmodSync(path, 0o755)
  return directory
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'real-machines-'))
  cloud = await new FakeCloud(200).open()
  machines = createRealMachines({
    ...cloud,
    baseUrl: cloud.baseUrl,
    seed: 1,
    dataDirectory: directory,
    dockerHost: 'unix:///engine.sock',
    path: `${fakeDocker()}:/usr/bin:/bin`,
  })
})

afterEach(async () => {
  await machines.stop()
  await cloud.close()
  rmSync(directory, { recursive: true, force: true })
})

function boot(
  startup: string,
  shutdown?: string,
  more: Partial<MachineSpec> = {}
): { machine: Machine; statuses: Statuses } {
  const statuses = new Statuses()
  const spec = aMachineSpec({
    ...more,
    metadata: {
      'enable-guest-attributes': 'TRUE',
      'startup-script': startup,
      ...(shutdown !== undefined && { 'shutdown-script': shutdown }),
    },
  })
  return { machine: machines.start(spec, statuses.observe), statuses }
}

const output = (machine: Machine, part: string) =>
  eventually(
    () => machine.serialOutput(),
    (text) => text.includes(part)
  )

const curl =
  'curl -sS -H Metadata-Flavor:Google http://$GCE_METADATA_HOST/computeMetadata/v1/instance'

describe('a real machine', () => {
  it('runs its startup script against its own metadata server', async () => {
    const { machine } = boot(`
      echo "I am $(${curl}/name) at $(${curl}/network-interfaces/0/ip)"
      ${curl}/guest-attributes/deploy/boot -X PUT --data '{"phase":"ready"}'`)
    const text = await output(machine, 'exit status 0')
    expect(text).toContain(`startup-script: I am mervis-x7k2 at ${machine.address()}\n`)
    expect(machine.guestAttributes()).toEqual([
      { namespace: 'deploy', key: 'boot', value: '{"phase":"ready"}' },
    ])
  })

  it('gives the script no more environment than a VM has', async () => {
    const { machine } = boot('compgen -e | sort | tr "\\n" " "; echo; pwd; stat -c %a run')
    const text = await output(machine, 'exit status')
    const bash = ['OLDPWD', 'PWD', 'SHLVL', '_']
    const [names = '', home, mode] = text
      .split('\n')
      .map((line) => line.replace('startup-script: ', ''))
    expect(
      names
        .trim()
        .split(' ')
        .filter((name) => !bash.includes(name))
    ).toEqual([
      'DOCKER_HOST',
      'GCE_METADATA_HOST',
      'GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT',
      'HOME',
      'PATH',
      'RUNTIME_DIRECTORY',
    ])
    expect(home).toContain('mervis-x7k2-')
    expect(mode).toBe('700')
  })

  it('notes a script that fails and goes on running', async () => {
    const { machine, statuses } = boot('echo trouble >&2; exit 3')
    await output(machine, 'startup-script exit status 3')
    expect(machine.serialOutput()).toContain('startup-script: trouble')
    expect(statuses.seen).toEqual(['STAGING', 'RUNNING'])
  })

  it('when deleted runs its shutdown script, then leaves no process and no container', async () => {
    const mark = join(directory, 'alive')
    const { machine, statuses } = boot(
      `(while :; do touch ${mark}; sleep 0.02; done) & echo started; wait`,
      `echo stopping; echo bye > ${directory}/goodbye`
    )
    await output(machine, 'started')
    await eventually(
      () => existsSync(mark),
      (there) => there
    )
    machine.delete()
    await statuses.until('GONE')
    expect(statuses.seen).toEqual(['STAGING', 'RUNNING', 'STOPPING', 'GONE'])
    expect(readFileSync(join(directory, 'goodbye'), 'utf8')).toBe('bye\n')
    const calls = readFileSync(join(directory, 'docker-calls'), 'utf8')
    expect(calls.match(/rm .*/g)).toEqual(['rm -f mervis-x7k2', 'rm -f mervis-x7k2'])
    expect(calls).toMatch(/^(unix:\/\/\/engine\.sock .*\n)+$/)
    rmSync(mark)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(existsSync(mark)).toBe(false)
  })

  it('when preempted tells its script and shuts down, but stays', async () => {
    const { machine, statuses } = boot('echo up', `${curl}/preempted; echo`)
    await output(machine, 'exit status 0')
    machine.preempt()
    await statuses.until('TERMINATED')
    expect(machine.serialOutput()).toContain('shutdown-script: TRUE')
  })

  it('with a notice of its preemption lets a script that waits for it work on', async () => {
    // A change that comes between two requests is seen by the next one when its time is up.
    const change = `${curl}/preempted?wait_for_change=true\\&timeout_sec=0.2`
    const wait = `until [ "$(${change})" = TRUE ]; do :; done; echo told`
    // Three seconds at this speed: several waits long, however busy the computer is.
    const notice = { preemptionNoticeMs: 600_000 }
    const { machine, statuses } = boot(`echo up; ${wait}`, 'echo down', notice)
    await output(machine, 'up')
    machine.preempt()
    await output(machine, 'told')
    expect(statuses.seen.at(-1)).toBe('RUNNING')
    await statuses.until('TERMINATED')
    expect(machine.serialOutput()).toMatch(/told[\s\S]*down/)
  })

  it('removes containers on its address, whose emulator was killed, and no others', async () => {
    const ports = '127.0.1.99:8080->8080/tcp, 127.0.1.199:80->80/tcp'
    const list = ['2', '3', '4', '5'].map((n) => `dead-${n} 127.0.1.${n}:8080->8080/tcp`)
    fakeDocker(`[ "$1" != ps ] || printf '%s\\n' '${list.join("' '")}' 'alive ${ports}' 'bare '`)
    const { machine } = boot('echo up')
    await output(machine, 'exit status 0')
    const mine = `dead-${machine.address()?.split('.').at(-1)}`
    const calls = readFileSync(join(directory, 'docker-calls'), 'utf8')
    expect(calls.match(/rm .*/g)).toEqual([`rm -f mervis-x7k2 ${mine}`])
  })

  it('survives an engine that fails when a stopped VM is deleted', async () => {
    fakeDocker('exit 1')
    const { machine, statuses } = boot('echo up')
    await output(machine, 'exit status 0')
    machine.preempt()
    await statuses.until('TERMINATED')
    machine.delete()
    await statuses.until('GONE')
    expect(machine.serialOutput()).toContain('docker rm -f mervis-x7k2 failed')
  })

  it('deleted while it is connected lets the engine finish, so that a successor is safe', async () => {
    fakeDocker(`sleep 0.2; echo done >> ${directory}/docker-calls`)
    const { machine, statuses } = boot('echo never')
    const calls = () => existsSync(join(directory, 'docker-calls'))
    await eventually(calls, (there) => there)
    machine.delete()
    await statuses.until('GONE')
    expect(readFileSync(join(directory, 'docker-calls'), 'utf8')).toContain('done\n')
    expect(statuses.seen).toEqual(['STAGING', 'GONE'])
  })

  it('is gone with the reason when its directory cannot be made', async () => {
    writeFileSync(join(directory, 'machines'), 'in the way')
    const { statuses } = boot('echo never')
    await statuses.until('GONE')
    expect(statuses.problem).toMatch(/EEXIST|ENOTDIR/)
  })

  it('loses everything when the emulator stops', async () => {
    const { machine, statuses } = boot('echo up; sleep 600')
    await output(machine, 'up')
    await machines.stop()
    expect(statuses.seen.at(-1)).toBe('GONE')
  })

  it('runs nothing when it is deleted before it runs', async () => {
    const { machine, statuses } = boot('echo never')
    machine.delete()
    await statuses.until('GONE')
    expect(existsSync(join(directory, 'docker-calls'))).toBe(false)
  })
})
