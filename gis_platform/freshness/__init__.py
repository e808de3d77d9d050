"""What is overdue: when each source owes something newer, and how that date was found."""
