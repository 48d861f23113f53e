import { cifar10, cifar100 } from './cifar.ts'
import type { DataSet } from './data-set.ts'
import { fashionMnist } from './fashion-mnist.ts'
import { imagenet } from './imagenet.ts'
import { kmnist } from './kmnist.ts'
import { mnist } from './mnist.ts'
import { difficulty, gaussian, toyL, toyM } from './toys.ts'

/** Every data set that is known by name. */
export const dataSets: readonly DataSet[] = [
  mnist,
  fashionMnist,
  kmnist,
  cifar10,
  cifar100,
  imagenet,
  toyL,
  toyM,
  gaussian,
  difficulty,
]
