"""Anthropic's format."""
