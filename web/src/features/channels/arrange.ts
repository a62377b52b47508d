import { api, unwrap } from '@/api/client'
import { reloadPlaces } from '@/api/connection'
import { entities } from '@/api/entities'
import { complain } from '@/features/groups/complain'
import { layoutOf, type Section, sectionsOf } from './tree'

/**
 * Moves something in a group's list, here at once. The server is told the whole order, so places
 * one does not follow are asked for first and keep their neighbours.
 */
export async function arrange(
  groupId: string,
  move: (sections: Section[]) => Section[],
): Promise<void> {
  show(move(sectionsOf(entities.all('category'), entities.all('channel'), groupId)))
  try {
    const params = { path: { group_id: groupId } }
    const everything = await unwrap(api.GET('/api/groups/{group_id}/channels', { params }))
    const body = layoutOf(move(sectionsOf(entities.all('category'), everything, groupId)))
    await unwrap(api.PUT('/api/groups/{group_id}/layout', { params, body }))
  } catch (error) {
    complain(error)
    await reloadPlaces()
  }
}

function show(sections: Section[]): void {
  const layout = layoutOf(sections)
  layout.categories.forEach((id, position) => {
    entities.patch('category', id, { position })
  })
  layout.channels.forEach(({ id, category_id }, position) => {
    entities.patch('channel', id, { position, category_id })
  })
}
