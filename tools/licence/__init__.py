"""Issues licences. Whoever runs it holds the private key; neither is shipped."""
