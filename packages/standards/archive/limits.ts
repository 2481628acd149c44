/** How much an archive may unpack to. */
export type ArchiveLimits = {
  /** Bytes of all members together. */
  totalBytes: number
  /** Unpacked to packed size of one member; small members may exceed it. */
  ratio: number
  /** Below this size a member may have any ratio. */
  ratioFreeBytes: number
  members: number
}

/** Tables of measurements pack to about a tenth; deflate's own limit is 1032. */
export const archiveLimits: ArchiveLimits = {
  totalBytes: 8 * 2 ** 30,
  ratio: 250,
  ratioFreeBytes: 8 * 2 ** 20,
  members: 10_000,
}
