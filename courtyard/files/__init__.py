"""Files: uploads in pieces, what they are, who may have them, and their end."""
