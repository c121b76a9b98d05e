"""Pages to look at: one report with everything that was found in it, one dataset at a glance. No server, no network."""
