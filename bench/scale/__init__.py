"""What grows with a case, and what does not: 10,000 to 10,000,000 events, and the plain ways."""
