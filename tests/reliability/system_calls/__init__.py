"""What if the kernel refuses a single call, at the worst moment?"""
