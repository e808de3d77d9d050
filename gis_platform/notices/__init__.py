"""What people should know of: raised once, seen by each, cleared when it is over."""
