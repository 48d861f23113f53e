import type { LayersModel, layers } from '@tensorflow/tfjs-layers'

/** Whether anything in a network, nested models included, is normalised by batch. */
export function hasBatchNorm({ layers: all }: Pick<LayersModel, 'layers'>): boolean {
  return all.some((layer: layers.Layer) => {
    const inner = (layer as Partial<LayersModel>).layers
    return inner === undefined ? layer.getClassName() === 'BatchNormalization' : hasBatchNorm({ layers: inner })
  })
}
