"""What is told at a certain time of day or week, whether or not a workout comes in?"""
