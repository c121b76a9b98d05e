"""What the command shows and writes: progress, summary, one report, clean texts."""
