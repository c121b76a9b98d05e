"""Sections to topic and role."""
