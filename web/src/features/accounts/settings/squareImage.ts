const SIDE = 512

/** The middle of a picture as a square of at most 512 px, so that any photo may be picked. */
export async function squareImage(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  const edge = Math.min(bitmap.width, bitmap.height)
  const side = Math.min(SIDE, edge)
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  const left = (bitmap.width - edge) / 2
  const top = (bitmap.height - edge) / 2
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, left, top, edge, edge, 0, 0, side, side)
  bitmap.close()
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })
}
