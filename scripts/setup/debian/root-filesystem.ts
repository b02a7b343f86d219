import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runOrThrow, SetupError } from '../command.ts'
import { downloadPackages, type PackageArchive, unpackPackages } from './packages.ts'

/** Names what goes into the image; a change here makes a new one. */
export const rootFilesystemRecipe = '1'

const packages = [
  'base-files',
  'base-passwd',
  'ca-certificates',
  'coreutils',
  'dash',
  'netbase',
  'python3',
  'tzdata',
]

/** Dependencies that only serve package scripts, which never run here. */
const scriptPackages = /^(debconf|dpkg|gcc-\d+-base|libdebconfclient0|mawk|openssl|tar)_/

/** Parts that a Python service does not read; half of what the packages hold. */
const leaveOut = [
  './usr/share/doc',
  './usr/share/doc-base',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/info',
  './usr/share/lintian',
  './usr/share/bash-completion',
  './usr/share/zoneinfo/posix',
  './usr/share/zoneinfo/right',
  './usr/lib/*-linux-gnu/gconv',
  './usr/lib/python3*/distutils',
  './usr/lib/python3*/lib2to3',
  './usr/lib/python3*/pydoc_data',
]

/**
 * Writes a tar file of a small Debian root with python3, time zones and certificates: packages
 * unpacked, none of their scripts run. That takes seconds and no root rights; debootstrap takes 36
 * s, because it configures each package.
 */
export async function writeRootFilesystem(archive: PackageArchive, tarPath: string): Promise<void> {
  const draft = `${tarPath}.partial`
  await rm(draft, { recursive: true, force: true })
  const root = join(draft, 'root')
  const debs = await downloadPackages(archive, {
    packages,
    onTopOf: 'nothing',
    into: join(draft, 'download'),
  })
  await layMergedFolders(root)
  await unpackPackages(
    debs.filter((deb) => !scriptPackages.test(fileName(deb))),
    root,
    leaveOut
  )
  await configure(root)
  await compilePython(root)
  await pack(root, join(draft, 'root.tar'))
  await mkdir(dirname(tarPath), { recursive: true })
  await rename(join(draft, 'root.tar'), tarPath)
  await rm(draft, { recursive: true, force: true })
}

/**
 * Debian's /bin, /lib and /sbin are links into /usr; the packages still name files by the old
 * paths.
 */
async function layMergedFolders(root: string): Promise<void> {
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) {
    await mkdir(join(root, 'usr', name), { recursive: true })
    await symlink(`usr/${name}`, join(root, name))
  }
}

/** The few things that package scripts would have done. */
async function configure(root: string): Promise<void> {
  for (const name of ['passwd', 'group']) {
    await copyFile(join(root, `usr/share/base-passwd/${name}.master`), join(root, 'etc', name))
  }
  await symlink('python3', join(root, 'usr/bin/python'))
  const certificates = join(root, 'usr/share/ca-certificates/mozilla')
  const names = (await readdir(certificates)).filter((name) => name.endsWith('.crt')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(certificates, name), 'utf8')))
  const bundle = '/etc/ssl/certs/ca-certificates.crt'
  await mkdir(join(root, dirname(bundle)), { recursive: true })
  await writeFile(join(root, bundle), texts.join(''))
  // Where OpenSSL itself looks; the link comes with the openssl program, which is left out.
  await mkdir(join(root, 'usr/lib/ssl'), { recursive: true })
  await symlink(bundle, join(root, 'usr/lib/ssl/cert.pem'))
}

/**
 * Compiles the standard library with the unpacked interpreter itself. Without this each start of a
 * container, and each health check, would compile its imports anew. `unchecked-hash` needs no file
 * times, which `pack` makes all alike.
 */
async function compilePython(root: string): Promise<void> {
  const lib = join(root, 'usr/lib')
  const library = await findOne(lib, /^python3\.\d+$/)
  const libraries = join(lib, await findOne(lib, /-linux-gnu/))
  const loader = join(root, 'usr/lib64', await findOne(join(root, 'usr/lib64'), /^ld-linux/))
  const python = ['--library-path', libraries, join(root, 'usr/bin', library)]
  const mode = ['-j', '0', '-q', '--invalidation-mode', 'unchecked-hash']
  const paths = ['-s', root, '-p', '/', join(lib, library)]
  const environment = { PYTHONHOME: join(root, 'usr') }
  await runOrThrow(loader, [...python, '-m', 'compileall', ...mode, ...paths], {
    environment,
    hint: 'This is a mistake in scripts/setup/debian/root-filesystem.ts; please report it.',
  })
}

/** The same packages give the same bytes: sorted names, one time, one owner. */
async function pack(root: string, tarPath: string): Promise<void> {
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner']
  await runOrThrow('tar', ['--create', '--file', tarPath, ...same, '--directory', root, '.'], {
    hint: 'Is there room on the disk?',
  })
}

async function findOne(directory: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(directory)).find((entry) => pattern.test(entry))
  if (name !== undefined) return name
  throw new SetupError(
    `${directory} has nothing that matches ${pattern}.`,
    'This distribution lays out its packages in another way; please report it.'
  )
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
