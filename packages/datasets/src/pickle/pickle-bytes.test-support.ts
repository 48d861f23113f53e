const text = (value: string): Buffer => Buffer.from(value, 'latin1')

/** A string as Python 2 pickles it. */
function binstring(bytes: Uint8Array | string): Buffer {
  const data = typeof bytes === 'string' ? text(bytes) : Buffer.from(bytes)
  if (data.length < 256) return Buffer.concat([text('U'), Buffer.of(data.length), data])
  const head = Buffer.alloc(5, 'T')
  head.writeInt32LE(data.length, 1)
  return Buffer.concat([head, data])
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(5, 'J')
  bytes.writeInt32LE(value, 1)
  return value >= 0 && value < 256 ? Buffer.of(0x4b, value) : bytes
}

/** A NumPy array of bytes, as Python 2 pickles it by protocol 2. */
function array(shape: readonly number[], data: Uint8Array, type: string): Buffer {
  return Buffer.concat([
    text('cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\0\x85U\x01bq\x03\x87Rq\x04(K\x01('),
    ...shape.map(int),
    text('tcnumpy\ndtype\nq\x05'),
    binstring(type),
    text('K\0K\x01\x87Rq\x06(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tbI00\n'),
    binstring(data),
    text('tb'),
  ])
}

/** One of CIFAR's python batches: a dictionary of an array and a list of labels, as Python 2 wrote it. */
export function pickledBatch(
  labelKey: string,
  labels: readonly number[],
  data: Uint8Array,
  { shape = [labels.length, 3072], type = 'u1' }: { shape?: readonly number[]; type?: string } = {},
): Uint8Array {
  return new Uint8Array(
    Buffer.concat([
      text('\x80\x02}q\0('),
      binstring('batch_label'),
      binstring('made up'),
      binstring('data'),
      array(shape, data, type),
      binstring(labelKey),
      text(']q\x07('),
      ...labels.map(int),
      text('eu.'),
    ]),
  )
}

/** CIFAR's python file of class names. */
export function pickledNames(key: string, names: readonly string[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat([text('\x80\x02}'), binstring(key), text(']('), ...names.map(binstring), text('es.')]),
  )
}
