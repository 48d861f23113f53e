import { either as E } from 'fp-ts'
import type { InstallFailure } from './install-failure.ts'
import { runProcess } from './run-process.ts'

/** A program that an installation needs, and how to get it. */
interface Tool {
  readonly tool: string
  /** The environment variable that names it. */
  readonly variable: string
  /** Its usual names. */
  readonly names: readonly string[]
  /** Arguments with which it ends well where it serves. */
  readonly probe: readonly string[]
  readonly howToGet: string
}

const python: Tool = {
  tool: 'Python 3 with pip',
  variable: 'PYTHON',
  names: ['python3', 'python'],
  probe: ['-m', 'pip', '--version'],
  howToGet: 'install it (Debian, Ubuntu: apt install python3-pip)',
}

const compiler: Tool = {
  tool: 'C++ compiler',
  variable: 'CXX',
  names: ['g++', 'clang++', 'c++'],
  probe: ['--version'],
  howToGet: 'install one (Debian, Ubuntu: apt install g++)',
}

type Found = E.Either<InstallFailure, string>

/** Python with pip: the one that `PYTHON` names, else `python3` or `python`. pip fetches wheels, Python unpacks them. */
export const findPython = (environment: NodeJS.ProcessEnv = process.env): Promise<Found> => find(python, environment)

/** A C++ compiler: the one that `CXX` names, else `g++`, `clang++` or `c++`. */
export const findCompiler = (environment: NodeJS.ProcessEnv = process.env): Promise<Found> =>
  find(compiler, environment)

async function find({ tool, variable, names, probe, howToGet }: Tool, environment: NodeJS.ProcessEnv): Promise<Found> {
  const named = environment[variable]
  const candidates = named === undefined || named === '' ? names : [named]
  for (const name of candidates) {
    const finished = await runProcess(name, probe, { env: environment })
    if (finished?.code === 0) return E.right(name)
  }
  const message =
    candidates === names
      ? `there is no ${tool} here: ${howToGet}, or name yours in the environment variable ${variable}`
      : `${variable}=${named} is no ${tool}: ${howToGet}, or name another`
  return E.left({ _tag: 'ToolMissing', message, tool })
}
