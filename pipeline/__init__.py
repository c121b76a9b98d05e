"""Turn Chinese work reports into structured data."""
