"""OpenAI's format, which gateways and local servers speak too."""
