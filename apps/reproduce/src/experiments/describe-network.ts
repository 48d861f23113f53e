import type { NetworkSpec } from '../specs/network-spec.ts'

/** A network in a few words, for captions: `a ReLU network of 64-64 hidden units`. */
export function describeNetwork(network: NetworkSpec): string {
  switch (network.kind) {
    case 'mlp':
      return `a ReLU network of ${network.hidden.join('-')} hidden units${dropping(network.dropout)}`
    case 'linear':
      return 'a linear model'
    case 'cnn':
    case 'vgg': {
      const stages = network.stages.map((stage) => stage.join('-')).join(' | ')
      const dense = network.dense.length === 0 ? '' : ` and ${network.dense.join('-')} hidden units`
      return `a${network.kind === 'vgg' ? ' VGG-like' : ''} network of ${stages} convolutions${dense}`
    }
    case 'alexnet':
      return `an AlexNet${widthOf(network.width)}`
    case 'inception':
      return `an Inception network${widthOf(network.width)}${normalised(network)}`
    case 'resnet':
      return `a ResNet-${network.depth}${widthOf(network.width)}${normalised(network)}`
  }
}

function widthOf(width: number | undefined): string {
  return width === undefined || width === 1 ? '' : ` of ${width} times the width`
}

function dropping(share: number | undefined): string {
  return share === undefined ? '' : `, ${share} of them dropped`
}

function normalised({ batchNormalization = true }: { readonly batchNormalization?: boolean }): string {
  return batchNormalization ? '' : ' without batch normalisation'
}
