"""Source text to clean text: edits that each name their rule."""

from pipeline.cleaning.classifier import Classifier
from pipeline.cleaning.cleaner import CLEANERS, Cleaner
from pipeline.cleaning.profile import EMPTY_PROFILE, Profile, ProfileCounter

__all__ = ["CLEANERS", "EMPTY_PROFILE", "Classifier", "Cleaner", "Profile", "ProfileCounter"]
