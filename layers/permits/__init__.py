"""Construction permits (cấp phép xây dựng): what is checked before one is given."""
