"""Amazon Bedrock's format."""
