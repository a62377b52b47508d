"""Programs beside the product, not part of what is installed."""
