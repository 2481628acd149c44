/** Files out of a choice or a drop, folders opened, each with its path: folder names carry meaning in some exports. */

export type Found = { file: File; name: string }

/** Files of an input; `webkitRelativePath` is set where a folder was chosen. */
export function chosen(files: FileList | null): Found[] {
  return [...(files ?? [])].map((file) => ({ file, name: file.webkitRelativePath || file.name }))
}

/** Files of a drop. Must be called within the event: the list is emptied after it. */
export async function dropped(items: DataTransferItemList): Promise<Found[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  return (await Promise.all(entries.map(filesOf))).flat()
}

async function filesOf(entry: FileSystemEntry): Promise<Found[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [{ file, name: entry.fullPath.replace(/^\//, '') }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: Found[] = []
  // A folder is read in parts; an empty part is its end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) return found
    for (const inner of part) found.push(...(await filesOf(inner)))
  }
}
