/** `count` bytes at `from`, each divided by 255, as float32 at `to`; 16 at a time, so both have room for as many more. */
export function unitBytes(from: usize, count: i32, to: usize): void {
  const scale = f32x4.splat(255)
  const end = from + usize(count)
  for (; from < end; from += 16) {
    const bytes = v128.load(from)
    const low = i16x8.extend_low_i8x16_u(bytes)
    const high = i16x8.extend_high_i8x16_u(bytes)
    v128.store(to, f32x4.div(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)), scale), 0)
    v128.store(to, f32x4.div(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), scale), 16)
    v128.store(to, f32x4.div(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), scale), 32)
    v128.store(to, f32x4.div(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), scale), 48)
    to += 64
  }
}
