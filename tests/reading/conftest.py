"""Properties are laws about results, not about the time that a busy machine takes."""

from hypothesis import settings

settings.register_profile("reading", deadline=None)
settings.load_profile("reading")
