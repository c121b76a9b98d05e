"""Tables to tables: what a whole dataset tells beyond its documents one by one."""
