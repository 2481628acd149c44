/** The watch over the disk: stops before it is full, starts again only with some room to spare. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@lanmei/model/problem'
import { watchDisk } from './disk.ts'

const mb = 1024 * 1024

test('taking in stops below the minimum', () => {
  const disk = watchDisk('.', 100, () => ({ freeBytes: 99 * mb, totalBytes: 1000 * mb }))
  assert.equal(disk.state().takingIn, false)
  assert.throws(
    () => disk.checkTakingIn(),
    (error) => isProblem(error) && error.code === 'disk-nearly-full',
  )
})

test('with enough space taking in goes on', () => {
  const disk = watchDisk('.', 100, () => ({ freeBytes: 100 * mb, totalBytes: 1000 * mb }))
  disk.checkTakingIn()
  assert.deepEqual(disk.state(), { freeBytes: 100 * mb, totalBytes: 1000 * mb, takingIn: true })
})

test('the real disk has space and a size', () => {
  const { freeBytes, totalBytes } = watchDisk('.', 0).state()
  assert.ok(freeBytes > 0 && totalBytes >= freeBytes)
})
