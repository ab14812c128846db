"""One file per key of the article; each is one pure function from a Situation to advice."""
