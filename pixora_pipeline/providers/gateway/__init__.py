"""A gateway that resells models of many makers: chat is OpenAI's format, the rest are formats of their own."""
