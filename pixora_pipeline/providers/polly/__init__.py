"""Amazon Polly's format."""
