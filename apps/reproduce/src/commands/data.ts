import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Noise } from '@coherent-gradients/datasets'
import { noiseNames, parseNoise } from '../data/parse-noise.ts'
import type { Console } from './console.ts'

const examples = `
Examples:
  reproduce data list
  reproduce data fetch cifar10
  reproduce data check
  reproduce data show mnist --noise labels=0.5 --out sheet.png
  reproduce data pack imagenet --on-bad-image skip`

/**
 * Adds the command `data` and what belongs to it to a program. What a subcommand needs is loaded when it is asked for.
 *
 * @param ended told the exit code.
 */
export function addDataCommands(program: Command, console: Console, ended: (code: number) => void): void {
  const data = program
    .command('data')
    .description('data sets: what there is, fetching, checking, looking at them, packing pictures')
    .addHelpText('after', examples)
  const where = (): Option => new Option('--data-dir <folder>', 'folder of all data').default('data')
  const part = (): Option => new Option('--part <part>', 'which part').choices(['train', 'test']).default('train')
  const badImage = (): Option =>
    new Option('--on-bad-image <what>', 'what becomes of pictures that can’t be decoded')
      .choices(['skip', 'fail'])
      .default('fail')

  data
    .command('list')
    .description('every data set: size, licence, and where it is or was looked for')
    .addOption(where())
    .action(async (options) => ended((await import('./data-list.ts')).dataListCommand(options, console)))
  data
    .command('fetch')
    .argument('<name...>', 'cifar10, fashion-mnist, …')
    .description('get data sets from their official addresses, checked by sha256')
    .addOption(where())
    .action(async (names: string[], options) =>
      ended(await (await import('./data-fetch.ts')).dataFetchCommand(names, options, console)),
    )
  data
    .command('check')
    .argument('[name...]', 'all that are there unless said')
    .description('hold files against their sha256 and open every part')
    .addOption(where())
    .option('--pictures', 'also decode every picture, to find bad ones')
    .action(async (names: string[], options) =>
      ended(await (await import('./data-check.ts')).dataCheckCommand(names, options, console)),
    )
  data
    .command('show')
    .argument('<name>', 'a data set, or a folder or file of your own')
    .description('sizes, classes, mean and variance, and a contact sheet')
    .addOption(where())
    .addOption(part())
    .option('--examples <n>', 'the first n; all unless said', wholeNumber)
    .addOption(new Option('--noise <kind=share>', noiseNames.join(', ')).argParser(noise))
    .option('--seed <seed>', 'where the noise comes from', '1')
    .addOption(badImage())
    .option('--out <file>', 'draw a contact sheet there, as PNG')
    .action(async (name: string, options) =>
      ended(await (await import('./data-show.ts')).dataShowCommand(name, options, console)),
    )
  data
    .command('pack')
    .argument('<name>', 'a data set of pictures, or a folder or archive of your own')
    .description('decode and crop all pictures once, into one file that is read at the speed of memory')
    .addOption(where())
    .addOption(part())
    .option('--out <file>', 'the packed file; unless said <name>-<part>.pack in the set’s folder, or beside your own')
    .option('--resize <n>', 'the short side is scaled to this', wholeNumber, 256)
    .option('--crop <n>', 'and the middle n × n is cut out', wholeNumber, 224)
    .addOption(badImage())
    .action(async (name: string, options) =>
      ended(await (await import('./data-pack.ts')).dataPackCommand(name, options, console)),
    )
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('A whole number from 1 on is needed.')
}

function noise(text: string, before?: Noise): Noise {
  if (before !== undefined) throw new InvalidArgumentError('Name one kind of noise at a time.')
  const parsed = parseNoise(text)
  if (parsed !== undefined) return parsed
  throw new InvalidArgumentError(`Choose one of ${noiseNames.join(', ')}, and a share from 0 to 1: labels=0.5.`)
}
