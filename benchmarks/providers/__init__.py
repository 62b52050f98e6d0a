"""Films made by services on bad days, and what a film takes when every call takes its time."""
