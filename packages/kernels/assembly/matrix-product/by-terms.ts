import { columnsInPart, edgeAt, Job, lengthsAt, moreRoomAt, roomAt, sharedLengthsAt, sharedRoomAt, startAt } from './job'
import { Lanes } from './lanes'
import { pack } from './pack'
import { rowOfTerms } from './row-of-terms'
import { listTerms } from './terms'

/** The terms of `height` rows from row r on, for parts that are columns. */
export function prepareTerms(job: Job, r: i32, height: i32): void {
  const shared = changetype<usize>(job)
  const rowBytes = job.inPlace ? <i32>job.rowB : 128
  const lists = shared + sharedRoomAt + (<usize>r * <usize>job.terms << 3)
  const lengths = shared + sharedLengthsAt + (<usize>r << 2)
  const left = job.left + <usize>r * job.rowA
  listTerms(left, job.rowA, job.stepA, height, job.terms, rowBytes, <bool>job.all, lists, lengths)
}

/** All columns of b, packed 32 by 32, for parts that are rows. */
export function packForTerms(job: Job): void {
  let to = changetype<usize>(job) + sharedRoomAt
  for (let j = 0; j < job.width; j += 32) {
    packPanel(job, j, to)
    to += panelBytes(job)
  }
}

/** `height` rows of a block from row r on. */
export function rowsByTerms(job: Job, r: i32, height: i32, work: usize): void {
  const lists = work + roomAt
  const lengths = work + lengthsAt
  const left = job.left + <usize>r * job.rowA
  listTerms(left, job.rowA, job.stepA, height, job.terms, 128, <bool>job.all, lists, lengths)
  let panel = changetype<usize>(job) + sharedRoomAt
  for (let j = 0; j < job.width; j += 32) {
    panelByTerms(job, r, height, lists, lengths, j, panel, work)
    panel += panelBytes(job)
  }
}

/** 32 columns of a block from column j on, or as many as there are. */
export function columnsByTerms(job: Job, j: i32, work: usize): void {
  const shared = changetype<usize>(job)
  let lists = shared + sharedRoomAt
  let lengths = shared + sharedLengthsAt
  let panel = job.right + (<usize>j << 2)
  if (!job.inPlace || job.width - j < columnsInPart) {
    panel = work + roomAt
    packPanel(job, j, panel)
    if (job.inPlace) {
      lists = work + moreRoomAt
      lengths = work + lengthsAt
      listTerms(job.left, job.rowA, job.stepA, job.m, job.terms, 128, <bool>job.all, lists, lengths)
    }
  }
  panelByTerms(job, 0, job.m, lists, lengths, j, panel, work)
}

function panelBytes(job: Job): usize { return <usize>job.terms << 7 }

function packPanel(job: Job, j: i32, to: usize): void {
  const from = job.right + <usize>j * job.stepB
  pack(from, job.rowB, job.stepB, job.terms, min(32, job.width - j), 32, to)
}

/** `height` rows from row r on, their terms listed, times one panel of b. */
function panelByTerms(
  job: Job, r: i32, height: i32, lists: usize, lengths: usize, j: i32, panel: usize, work: usize,
): void {
  const edge = work + edgeAt
  const start = changetype<usize>(job) + startAt + (<usize>j << 2)
  const width = min(32, job.width - j)
  const listBytes = <usize>job.terms << 3
  const rowC = job.rowC
  const first = job.first
  const clamped = <bool>job.last
  const low = job.low
  const high = job.high
  let to = job.to + <usize>r * rowC + (<usize>j << 2)
  for (let s = 0; s < height; s++) {
    const bytes = <usize>load<u32>(lengths + (<usize>s << 2))
    if (width == 32) rowOfTerms(lists, bytes, panel, first ? start : to, to, clamped, low, high)
    else {
      if (!first) Lanes.copyNumbers(edge, to, <usize>width << 2)
      rowOfTerms(lists, bytes, panel, first ? start : edge, edge, clamped, low, high)
      Lanes.copyNumbers(to, edge, <usize>width << 2)
    }
    lists += listBytes
    to += rowC
  }
}
