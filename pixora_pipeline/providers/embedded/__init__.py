"""Providers that need no key, no GPU and no network: real, modest, and labelled as what they are."""
