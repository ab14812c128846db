"""What does each key of the article ask for? One file per key, each with a function from a situation to advice."""
