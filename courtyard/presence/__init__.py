"""Who is here: online, idle, offline. Soft state, told only to those who look."""
