"""An archive to a dataset: inventory, profile, shards, ledger, engines."""
