"""What do the watch and the scale record between the activities?

They record the heart rate and the beats of the day, the resting heart rate, the heart rate variability of the night,
sleep and weight. These come in files of their own ("monitoring_b", "weight", and types that have no name in the
profile), one or many a day. What a file does not hold is an empty tuple, or None for a single value.
"""
