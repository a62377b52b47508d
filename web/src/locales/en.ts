import accounts from './en/accounts.json'
import app from './en/app.json'
import channels from './en/channels.json'
import files from './en/files.json'
import groups from './en/groups.json'
import messages from './en/messages.json'
import notifications from './en/notifications.json'
import presence from './en/presence.json'
import shell from './en/shell.json'
import ui from './en/ui.json'

/** English, the complete catalogue: one file per feature, ids begin with the feature's name. */
export default {
  ...accounts,
  ...app,
  ...channels,
  ...files,
  ...groups,
  ...messages,
  ...notifications,
  ...presence,
  ...shell,
  ...ui,
}
