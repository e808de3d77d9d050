"""Routes of house numbers: proposing, giving, reviewing a street."""
