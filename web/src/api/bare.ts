/** What a message has that is only words, just said. */
export const bare = {
  edited_at: null,
  deleted: false,
  thread_id: null,
  root_id: null,
  also: false,
  reply_to: null,
  forwarded: null,
  pinned: false,
  files: [],
  reactions: [],
}
