class Lanes {
  @inline static load(at: usize): v128 { return v128.load(at) }
}

/** Sum of n float32 numbers at `values`. */
export function sum(values: usize, n: i32): f32 {
  let s = f32x4.splat(0)
  for (let i = 0; i < n; i += 4) s = f32x4.add(s, Lanes.load(values + (i << 2)))
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3)
}
