"""Notifications: whom something was meant for, until they have read it. Rows, levels, delivery."""
