/**
 * An expected failure: a value, never an exception. `_tag` names the kind; `message` is the one line that a person
 * reads and says what was wrong, where, and what to do. Each failure adds the facts as fields of its own.
 *
 * @example
 * const failure: Failure<'ChecksumMismatch', { file: string; expected: string; found: string }> = {
 *   _tag: 'ChecksumMismatch', message: 'train.gz: …', file: 'train.gz', expected: 'ba89…', found: '0000…',
 * }
 */
export type Failure<Tag extends string = string, Facts extends object = object> = {
  readonly _tag: Tag
  readonly message: string
} & Readonly<Facts>
