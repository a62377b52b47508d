"""The ground everything stands on. Knows no domain: it never imports a slice."""
