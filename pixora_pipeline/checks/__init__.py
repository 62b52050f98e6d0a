"""What a finished artifact must satisfy."""
