"""Do the pages that make promises name what keeps them?"""
