"""What is kept: artifacts in folders or buckets, rows in the app database."""
