"""What comes in from other systems, and content for a first look."""
