"""Annotated documents to the models of metrics."""
