import type { components, webhooks } from './schema.gen'

type Schemas = components['schemas']

/** A channel as Browse lists it, with the number of people who can read it. */
export type Listed = Schemas['Listed']
/** Someone in a group, with their roles. */
export type Member = Schemas['MemberOut']
/** A role of a group. */
export type Role = Schemas['RoleOut']
/** An invitation; its token is known only when it is made. */
export type Invite = Schemas['InviteOut']
/** An account as who looks after the workspace sees it. */
export type Account = Schemas['AccountOut']
/** How an account stands. */
export type Standing = Account['standing']
/** What somebody is in the workspace as a whole. */
export type WorkspaceRole = Account['workspace_role']
/** Edition, seats and support of the workspace. */
export type LicenceState = Schemas['LicenceOut']
/** What a licence covers. */
export type CoveredByLicence = Schemas['Covered']
/** What a place allows and denies to everyone, a role or a person. */
export type Rule = Schemas['Rule']
/** Someone who can read a channel. */
export type Reader = Schemas['Reader']
/** A device somebody is signed in on. */
export type SignedInDevice = Schemas['SessionOut']
/** What the server says about the person who is signed in. */
export type Me = Schemas['Me']
/** The answer to every way of signing in. */
export type SignedIn = Schemas['SignedIn']
/** A person or bot as everyone sees them. */
export type User = Schemas['UserOut']
/** A group with the reader's own permissions in it. */
export type Group = Schemas['GroupOut']
/** A heading in a group's channel list. */
export type Category = Schemas['CategoryOut']
/** A channel with the reader's own state in it. */
export type Channel = Schemas['ChannelOut']
/** One message, deleted or not. */
export type Message = Schemas['MessageOut']
/** What hangs on a message: how much is said there, by whom lately. */
export type Thread = Schemas['ThreadOut']
/** A line of the Threads inbox. */
export type FollowedThread = Schemas['Followed']
/** One emoji on a message, and who gave it. */
export type Reaction = Schemas['ReactionOut']
/** A file as everyone who may read its place sees it. */
export type FileOut = Schemas['FileOut']
/** How far a file on its way is. */
export type UploadOut = Schemas['UploadOut']
/** A file of a place, and what it is attached to there. */
export type PlacedFile = Schemas['PlacedFile']
/** What may go with words into a place. */
export type NewMessage = Schemas['NewMessage']
/** A page of history, oldest first. */
export type MessagePage = Schemas['MessagePage']
/** A page of one's inbox. */
export type Activity = Schemas['Activity']
/** Something one was told of. */
export type Told = Schemas['NotificationOut']
/** The sidebar: groups, categories and followed channels. */
export type Places = Schemas['Places']
/** The answer to `POST /api/sync`. */
export type SyncAnswer = Schemas['Synced']

/** The union of stored events, as the server publishes it. */
export type StreamEvent = webhooks['event']['post']['requestBody']['content']['application/json']
/** The name of a stored event. */
export type EventType = StreamEvent['type']
/** The stored event of one name. */
export type EventOf<T extends EventType> = Extract<StreamEvent, { type: T }>

/** Never stored: typing, presence, read marks. Names its subject and expires. */
export type Ephemeral =
  | { type: 'typing'; user_id: string; expires_in: number }
  | { type: 'read.marked'; channel_id: string; position: number; back?: boolean }
  | { type: 'presence'; user_id: string; state: PresenceState }

/** How near a person is to their screen. */
export type PresenceState = 'online' | 'idle' | 'offline'
