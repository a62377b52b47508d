"""Messages: the substrate of all talk."""
