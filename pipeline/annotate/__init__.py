"""Records as tasks for people, and their corrections as gold."""
