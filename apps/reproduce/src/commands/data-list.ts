import { dataSets, folderOf, foldersOf, type DataSet } from '@coherent-gradients/datasets/catalogue'
import { table } from '../console/table.ts'
import { formatBytes } from '../data/format-bytes.ts'
import type { Console } from './console.ts'

/** Prints every data set that is known by name: its size, its terms, and whether it is there or where it was looked for. */
export function dataListCommand({ dataDir }: { readonly dataDir: string }, { out }: Console): number {
  out.write(
    table(dataSets, [
      { header: 'name', value: (each) => each.name },
      { header: 'what', value: (each) => each.title },
      { header: 'train', align: 'right', value: (each) => count(each.examples?.train) },
      { header: 'test', align: 'right', value: (each) => count(each.examples?.test) },
      { header: 'classes', align: 'right', value: (each) => count(each.classes) },
      { header: 'download', align: 'right', value: download },
      { header: 'licence', value: (each) => each.licence },
      { header: 'where', value: (each) => where(each, dataDir) },
    ]),
  )
  out.write(
    '\nreproduce data fetch <name> gets one; a folder of pictures, or a .npz, .tar, .parquet or .pack file of your own\nserves wherever a name does.\n',
  )
  return 0
}

function where(each: DataSet, dataDir: string): string {
  const there = folderOf(each, dataDir)
  if (there !== undefined) return there
  if (each.source !== undefined) return each.source
  return `not in ${foldersOf(each.name, dataDir).join(' or ')}`
}

function download({ files }: DataSet): string {
  return files.length === 0 ? '' : formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))
}

function count(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en')
}
