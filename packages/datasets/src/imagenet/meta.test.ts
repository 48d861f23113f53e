import { join } from 'node:path'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../made-up.test-support.ts'
import { readClassList } from './read-class-list.ts'
import { readGroundTruth } from './read-ground-truth.ts'

const textFile = (text: string): string => join(folderOf({ 'a.txt': new Uint8Array(Buffer.from(text)) }), 'a.txt')

describe('readClassList', () => {
  const [tench, goldfish] = ['n01440764', 'n01443537']
  it.each([
    [
      'a synset mapping',
      `${goldfish} goldfish, Carassius\n${tench} tench, Tinca tinca\n`,
      'tench, Tinca tinca',
      undefined,
    ],
    ['Keras’s index', `{"1": ["${goldfish}", "goldfish"], "0": ["${tench}", "tench"]}`, 'tench', undefined],
    ['numbered classes', `${goldfish} 1 goldfish\r\n${tench} 2 tench\r\n`, 'tench', 2],
    ['the development kit’s table', `ID,WNID,name\n1,${goldfish},gold\n2,${tench},"tench, T",x\n`, 'tench, T', 2],
    ['bare ids', `${goldfish}\n${tench}\n`, tench, undefined],
  ])('reads %s in the standard order', async (_, text, name, ilsvrcId) => {
    const classes = rightOf(await readClassList(textFile(text))())
    expect(classes.map(({ wnid }) => wnid)).toEqual([tench, goldfish])
    expect([classes[0]!.name, classes[0]!.ilsvrcId]).toEqual([name, ilsvrcId])
  })
  it.each([
    ['', /required a class, found none/],
    [`${tench} a\nother\n`, /at byte 12 .*found other/],
    [`${tench}\n${tench}\n`, /n01440764 twice/],
    ['{"0": 1}', /found 1\./],
    ['{"0": ', /JSON like/],
  ])('refuses %j', async (text, line) => {
    expect(leftOf(await readClassList(textFile(text))()).message).toMatch(line)
  })
})

describe('readGroundTruth', () => {
  const name = 'val/ILSVRC2012_val_00000002.JPEG'
  it('reads WordNet ids, numbers with a class list, and Kaggle’s table', async () => {
    const classList = textFile('n01440764 7 tench\nn01443537 8 goldfish\n')
    for (const [text, list] of [
      ['n01443537\nn01440764\n', undefined],
      ['8\n7\n', classList],
      ['ImageId,PredictionString\nILSVRC2012_val_00000002,n01440764 1 2 3 4 \n', undefined],
    ] as const) {
      const truth = rightOf(
        await readGroundTruth({ file: textFile(text), ...(list === undefined ? {} : { classList: list }) })(),
      )
      expect([truth(name), truth('ILSVRC2012_val_00000003.JPEG')]).toEqual(['n01440764', undefined])
      expect(truth('ILSVRC2012_val_00000002_n01440764.JPEG')).toBe('n01440764')
    }
  })
  it.each([
    ['8\n', undefined, /a class list with ILSVRC's numbers.*Put map_clsloc\.txt or meta_clsloc\.csv/],
    ['8\n', 'n01440764 tench\n', /ILSVRC's numbers of the classes, found none/],
    ['7\n9\n', 'n01440764 7 tench\n', /at byte 2 .*a number of the class list, found 9/],
    ['x\n', undefined, /a WordNet id or a number, found x/],
    ['ImageId,Prediction\nnonsense\n', undefined, /found nonsense/],
  ])('refuses %j with %j', async (text, list, line) => {
    const options = { file: textFile(text), ...(list === undefined ? {} : { classList: textFile(list) }) }
    expect(leftOf(await readGroundTruth(options)()).message).toMatch(line)
  })
})
