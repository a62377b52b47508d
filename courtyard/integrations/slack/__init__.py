"""The importer of Slack's export archives, of both generations of the format.

archive    the zip: checked before use, read as a stream, never unpacked to disk
records    a list of JSON objects, one at a time
fields     reading values that may be missing or of another type
listed     the people and channels that the export lists
names      lasting ids for everything that is imported
page       lines of Markdown put together
inline     runs of styled text as Markdown
emoji      short names as characters
mrkdwn     Slack's markup to Markdown
blocks     Slack's blocks to Markdown
extras     attachments and files of a message
said       one record of a day: what was said, or why it is passed over
people     accounts for those who are listed or who spoke
places     the group and its channels
history    the messages, in batches
report     what became of every record
run        the whole import
"""
