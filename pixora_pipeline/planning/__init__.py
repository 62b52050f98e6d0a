"""What is stale, why, and what re-making it costs. Pure: no I/O, no Dagster."""
