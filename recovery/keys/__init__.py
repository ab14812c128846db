"""What does each topic advise? Keys 1 to 6 are those of the source article; the others are ours."""
