"""What if the power is cut, at any moment, and the disk had not yet written what it was not made to write?"""
