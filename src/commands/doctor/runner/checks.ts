import type { Config } from '../../../inputs.ts'
import type { CommandRunner, Files, Http, ToolCache } from '../../../ports.ts'
import type { Check } from '../check.ts'
import {
  type Disk,
  lookAtConfiguration,
  lookAtContext,
  lookAtDockerfile,
  lookAtRoom,
  lookAtTemp,
} from './files.ts'
import { lookAtBuildx, lookAtEngine, lookAtTerraform } from './tools.ts'

export interface RunnerPorts {
  readonly commands: CommandRunner
  readonly tools: ToolCache
  readonly http: Http
  readonly disk: Disk
  readonly files: Files
}

export interface RunnerOptions {
  /** Where terraform is downloaded from, ending with `/`. */
  readonly releasesUrl: string
  readonly workspace: string
  readonly tempDirectory: string
  /** Of a folder in it that nobody else has. */
  readonly probeName: string
}

const TOOLS = 'Tools'
const FILES = 'Files'

/** What a deploy needs of the machine that it runs on. */
export function runnerChecks(
  ports: RunnerPorts,
  config: Config,
  { releasesUrl, workspace, tempDirectory, probeName }: RunnerOptions
): readonly Check[] {
  const { commands, disk, files } = ports
  const isBuilding = config.image === undefined
  const tool = (id: string, title: string, look: Check['look']): Check => {
    return { id, subject: TOOLS, title, look }
  }
  const file = (id: string, title: string, look: Check['look']): Check => {
    return { id, subject: FILES, title, look }
  }
  const built = [
    file('context', 'Build context', () => lookAtContext(disk, config.context)),
    file('dockerfile', 'Dockerfile', () => lookAtDockerfile(disk, config)),
  ]
  return [
    tool('docker', 'Docker engine', () => lookAtEngine(commands, { isBuilding })),
    ...(isBuilding
      ? [{ ...tool('docker-buildx', 'Buildx', () => lookAtBuildx(commands)), after: ['docker'] }]
      : []),
    tool('terraform', 'Terraform', (signal) =>
      lookAtTerraform(ports, { wanted: config.terraformVersion, releasesUrl }, signal)
    ),
    ...(isBuilding ? built : []),
    file('terraform-directory', 'Terraform configuration', () =>
      lookAtConfiguration(disk, config.terraformDirectory)
    ),
    file('runner-temp', 'Folder for temporary files', () =>
      lookAtTemp(files, tempDirectory, probeName)
    ),
    {
      ...file('disk-space', 'Room on the disk', () => lookAtRoom(disk, [workspace, tempDirectory])),
      after: ['runner-temp'],
    },
  ]
}
