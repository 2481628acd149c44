/** Thrown by a source that must not be read further; readers turn it into the notice it names. */
import type { NoticeCode } from '@lanmei/model/notice'

export class RefusedSource extends Error {
  readonly code: NoticeCode
  constructor(code: NoticeCode, message: string) {
    super(message)
    this.name = 'RefusedSource'
    this.code = code
  }
}
