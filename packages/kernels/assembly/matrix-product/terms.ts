/**
 * Lists the terms of m rows of a, k numbers each: for every number the offset of its row of b, `i · rowBytes`, and the
 * number itself. Without `all`, zeros are left out. Row r's list begins at `lists + 8·k·r`, and its length in bytes goes
 * to `lengths + 4·r`.
 */
export function listTerms(
  a: usize, rowA: usize, stepA: usize, m: i32, k: i32, rowBytes: i32, all: bool, lists: usize, lengths: usize,
): void {
  if (rowA == 4 && stepA != 4) return listColumns(a, stepA, m, k, rowBytes, all, lists, lengths)
  const listBytes = <usize>k << 3
  const quads = stepA == 4 && !all ? k & ~3 : 0
  for (let r = 0; r < m; r++) {
    let at = lists + <usize>r * listBytes
    const start = at
    let x = a + <usize>r * rowA
    let offset = 0
    let i = 0
    for (; i < quads; i += 4) {
      if (v128.any_true(f32x4.ne(v128.load(x), f32x4.splat(0)))) {
        at = Term.append(at, offset, load<f32>(x), false)
        at = Term.append(at, offset + rowBytes, load<f32>(x, 4), false)
        at = Term.append(at, offset + 2 * rowBytes, load<f32>(x, 8), false)
        at = Term.append(at, offset + 3 * rowBytes, load<f32>(x, 12), false)
      }
      x += 16
      offset += 4 * rowBytes
    }
    for (; i < k; i++) {
      at = Term.append(at, offset, load<f32>(x), all)
      x += stepA
      offset += rowBytes
    }
    store<u32>(lengths + (<usize>r << 2), <u32>(at - start))
  }
}

/** The same where a is stored column by column: all m lists grow together. */
function listColumns(a: usize, stepA: usize, m: i32, k: i32, rowBytes: i32, all: bool, lists: usize, lengths: usize): void {
  const listBytes = <usize>k << 3
  const quads = all ? 0 : m & ~3
  memory.fill(lengths, 0, <usize>m << 2)
  for (let i = 0, offset = 0; i < k; i++) {
    let r = 0
    for (; r < quads; r += 4) {
      const x = a + (<usize>r << 2)
      if (!v128.any_true(f32x4.ne(v128.load(x), f32x4.splat(0)))) continue
      const length = lengths + (<usize>r << 2)
      const list = lists + <usize>r * listBytes
      Term.appendTo(list, length, offset, load<f32>(x), false)
      Term.appendTo(list + listBytes, length + 4, offset, load<f32>(x, 4), false)
      Term.appendTo(list + 2 * listBytes, length + 8, offset, load<f32>(x, 8), false)
      Term.appendTo(list + 3 * listBytes, length + 12, offset, load<f32>(x, 12), false)
    }
    for (; r < m; r++) {
      const index = <usize>r << 2
      Term.appendTo(lists + <usize>r * listBytes, lengths + index, offset, load<f32>(a + index), all)
    }
    a += stepA
    offset += rowBytes
  }
}

class Term {
  /** Writes a term, and says where the next one goes: over it where it is a zero that nobody asked for. */
  @inline static append(at: usize, offset: i32, value: f32, all: bool): usize {
    store<i32>(at, offset)
    store<f32>(at, value, 4)
    return at + (<usize>(all || value != 0) << 3)
  }

  @inline static appendTo(list: usize, length: usize, offset: i32, value: f32, all: bool): void {
    const bytes = load<u32>(length)
    store<u32>(length, <u32>(Term.append(list + bytes, offset, value, all) - list))
  }
}
