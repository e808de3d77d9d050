"""The database: where it is, how to connect, how it came to be, and one transaction a request."""
