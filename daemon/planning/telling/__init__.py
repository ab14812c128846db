"""What is told of workouts and their plans: to whom, when, in whose place, and what is put right."""
