"""What is said at a certain time of day or week, or before a planned training?"""
